/** The warehouse's ports without a database. They commit and roll back as the database does. */
package org.tierstock.warehouse.fake;
