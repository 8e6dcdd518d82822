/**
 * Connections for whoever only looks: lists, CSV, audits and reconciliations. They are others than those of the postings, so
 * that no reader, however slow or many, takes one of these; and no caller takes all of the readers', nor
 * all of the disk with answers that it does not take.
 */
package org.tierstock.runtime.readers;
