/**
 * A small service that keeps every rule of the house, stand-ins for the kernel and the runtime, and trees that break one
 * rule each: what is planted in a tree is read together with the clean service, as if it were part of it.
 */
package org.tierstock.planted;
