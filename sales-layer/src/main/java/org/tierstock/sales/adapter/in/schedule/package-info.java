/** Work that goes on by itself. */
package org.tierstock.sales.adapter.in.schedule;
