package org.tierstock.planted.runtime.exchange;

/** Stands in for what brings messages to another process. */
public interface Carrier {
    void carry();
}
