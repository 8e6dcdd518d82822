/**
 * The warehouse layer's stock, documents and master records in PostgreSQL. Hot tables by hand-written SQL, one statement
 * per table and batch; master records by repositories.
 */
package org.tierstock.warehouse.adapter.out.postgres;
