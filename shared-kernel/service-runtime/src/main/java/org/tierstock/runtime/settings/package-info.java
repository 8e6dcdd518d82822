/** What an operator may set, and what no service starts with. */
package org.tierstock.runtime.settings;
