/** Time from outside: the database's clock, so that all replicas agree on what has expired. */
package org.tierstock.runtime.clock;
