/** What the use cases need from outside: rows under lock, documents, and dispatch's answers. */
package org.tierstock.sales.application.port;
