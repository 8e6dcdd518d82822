/** The sales layer over HTTP (06-api): orders and their documents, availability, stock, channels. */
package org.tierstock.sales.adapter.in.rest;
