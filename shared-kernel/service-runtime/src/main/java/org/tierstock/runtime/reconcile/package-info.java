/**
 * Reconciliation (对账) while live (07-protocol, sections 8 and 11.9): the cut is chosen first, then each side states its
 * position at that cut. A difference is a defect or tampering, never traffic.
 */
package org.tierstock.runtime.reconcile;
