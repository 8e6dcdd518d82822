/**
 * Bad input to every entry of the three layers: REST from the OpenAPI that each service serves, gRPC from the descriptors of
 * the protos, AMQP from the AsyncAPI document.
 *
 * <p>An input follows from the seed and its number alone. What is refused must have changed nothing: the tables of all
 * layers are compared around every batch. A batch in which something was accepted is sent again without it, until nothing
 * is, so that every refused input is seen once in a batch that may change nothing.
 */
package org.tierstock.integration.fuzz;
