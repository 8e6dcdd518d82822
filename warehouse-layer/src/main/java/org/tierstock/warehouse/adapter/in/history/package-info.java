/** How the warehouses are rebuilt from what dispatch knows, after their database was set back to a backup. */
package org.tierstock.warehouse.adapter.in.history;
