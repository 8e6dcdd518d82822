/** What the use cases need from outside: the store, and the warehouses. */
package org.tierstock.dispatch.application.port;
