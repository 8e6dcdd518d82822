/** The append-only book of all movements of a layer. */
package org.tierstock.runtime.ledger;
