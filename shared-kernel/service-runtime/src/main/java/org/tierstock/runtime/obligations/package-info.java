/** What a layer still owes, as figures to watch: how much of each kind is open, and how old the oldest is. */
package org.tierstock.runtime.obligations;
