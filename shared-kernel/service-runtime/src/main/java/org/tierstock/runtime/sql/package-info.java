/** JDBC without its ceremony: statements as text blocks, arrays for bulk, failures that say what they mean. */
package org.tierstock.runtime.sql;
