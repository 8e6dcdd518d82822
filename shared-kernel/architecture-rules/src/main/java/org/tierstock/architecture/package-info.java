/**
 * The rules of the house, as a library. A service's test module names its root package and what it does without; each
 * rule becomes one named test, and no rule can hold merely because there was nothing to look at.
 *
 * <p>Rules look at production classes only. That each of them can fail is proven by a planted violation in this module's
 * own tests.
 */
package org.tierstock.architecture;
