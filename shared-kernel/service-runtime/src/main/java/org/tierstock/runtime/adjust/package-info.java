/**
 * A difference between two layers is mended by a document (对账调整单, S123): somebody proposes it for one key and says why, and
 * somebody else, of another role, books it. It is booked only while nothing of the key is parked or has moved since the cut
 * on which it was proposed, and while a fresh cut still shows the same difference.
 */
package org.tierstock.runtime.adjust;
