/** Messages from sales and from the warehouses. Each is acknowledged after the commit of its effect. */
package org.tierstock.dispatch.adapter.in.amqp;
