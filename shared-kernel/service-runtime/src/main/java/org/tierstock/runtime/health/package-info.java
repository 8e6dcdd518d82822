/**
 * Whether this replica should be given work that another one could do better. What no replica can do, as without the database
 * or the broker, is an alert, and takes none of them out of traffic.
 */
package org.tierstock.runtime.health;
