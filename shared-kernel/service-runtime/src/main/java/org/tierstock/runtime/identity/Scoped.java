package org.tierstock.runtime.identity;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A REST resource, or one of its methods, that itself keeps to the caller's scopes: it shows and moves only what they name, or
 * what belongs to nobody in particular. Any other is for tokens with all scopes only, whatever their role: a token that was
 * narrowed opens nothing that nobody has narrowed.
 */
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface Scoped {}
