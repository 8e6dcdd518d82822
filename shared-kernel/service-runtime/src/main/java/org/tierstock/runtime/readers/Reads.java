package org.tierstock.runtime.readers;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the database as readers use it: each statement by itself, on a connection of theirs, on which nothing can be written
 * and a list must answer in seconds. It sees what is committed, also within somebody's transaction.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
public @interface Reads {}
