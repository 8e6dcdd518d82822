/**
 * The thread that follows an order through all services: the W3C trace context, in every log line, answer, call and
 * message.
 */
package org.tierstock.runtime.trace;
