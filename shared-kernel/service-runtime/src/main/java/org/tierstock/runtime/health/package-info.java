/**
 * Whether this replica should be given work. The database is checked by the framework; what
 * else a service needs is checked here.
 */
package org.tierstock.runtime.health;
