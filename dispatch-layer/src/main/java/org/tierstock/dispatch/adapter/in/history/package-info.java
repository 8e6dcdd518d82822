/** Repairs a database that was set back to a backup from what peers know (protocol 11.8). */
package org.tierstock.dispatch.adapter.in.history;
