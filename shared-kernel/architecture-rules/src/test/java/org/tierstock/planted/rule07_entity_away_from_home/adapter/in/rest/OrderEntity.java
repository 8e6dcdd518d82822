package org.tierstock.planted.rule07_entity_away_from_home.adapter.in.rest;

import jakarta.persistence.Entity;

@Entity
public class OrderEntity {}
