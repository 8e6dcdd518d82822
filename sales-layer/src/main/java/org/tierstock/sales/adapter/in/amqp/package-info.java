/** Messages from dispatch. */
package org.tierstock.sales.adapter.in.amqp;
