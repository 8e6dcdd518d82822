/**
 * Faults on the real thing: processes that are killed and stalled, and connections that are cut, silenced and slowed, while
 * clients go on asking. Whatever a client was told must be so afterwards, and nothing else.
 */
package org.tierstock.integration.faults;
