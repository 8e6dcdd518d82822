package org.tierstock.runtime.fence;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A REST resource, one of its methods, or a gRPC service that is open while the layer is fenced: what layers compare and
 * repair their histories with. It moves no stock but by a repair (protocol 11.8).
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface PassesFence {}
