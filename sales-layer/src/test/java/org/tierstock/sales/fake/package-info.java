/** The sales layer's ports in memory, with commit and rollback: for tests and for the simulation of all three layers. */
package org.tierstock.sales.fake;
