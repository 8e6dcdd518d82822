/**
 * Who did it: every change of a master record or rule, with who made it, when, in which request, and the record before and
 * after. Appended in the transaction of the change, never altered, never purged.
 */
package org.tierstock.runtime.changes;
