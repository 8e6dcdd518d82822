/** What each port promises, written once and run on the fake and on PostgreSQL. */
package org.tierstock.sales.contract;
