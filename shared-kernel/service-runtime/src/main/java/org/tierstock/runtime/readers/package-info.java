/**
 * Connections for whoever only looks: lists, CSV, audits and reconciliations. They are others than those of the postings, so
 * that no reader, however slow or many, takes one of these; and no caller takes all of the readers'.
 */
package org.tierstock.runtime.readers;
