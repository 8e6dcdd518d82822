/** How sales is rebuilt from what dispatch knows, after its database was set back to a backup. */
package org.tierstock.sales.adapter.in.history;
