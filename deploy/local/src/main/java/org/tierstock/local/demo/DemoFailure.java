package org.tierstock.local.demo;

/** The demo cannot go on: a service answered what it must not, or not at all. */
final class DemoFailure extends RuntimeException {
    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
