/**
 * What is kept for the other layers only as long as they need it (protocol 11.7).
 *
 * <p>Each side tells the other from time to time up to which numbers it needs nothing any more: what it has applied or
 * sent itself, or what the oldest backup has that it would restore. The purge deletes up to what was told, never by age.
 * What it has deleted stays known as a floor: a position at a cut below it is refused.
 */
package org.tierstock.runtime.purge;
