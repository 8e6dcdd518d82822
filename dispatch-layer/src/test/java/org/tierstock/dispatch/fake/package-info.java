/** The dispatch layer on fakes that roll back, for tests of use cases and for the simulation of all layers. */
package org.tierstock.dispatch.fake;
