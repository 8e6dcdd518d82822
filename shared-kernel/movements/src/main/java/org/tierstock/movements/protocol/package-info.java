/** The messages between the layers (07-protocol, section 2): numbered, applied in any order, each exactly once. */
package org.tierstock.movements.protocol;
