/** How much may be under way at a time, in number and in bytes, before it comes to a lane; and of it each caller's fair share. */
package org.tierstock.runtime.bounds;
