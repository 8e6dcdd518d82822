/** The HTTP interface for operators and auditors: nodes, rules, dispatch orders, shortages and stock. */
package org.tierstock.dispatch.adapter.in.rest;
