/**
 * {@code ./tierstock demo}: a real retailer's goods and orders, replayed through the public interfaces of the three
 * running services and nothing else, and then held against books that the demo has kept by itself.
 *
 * <p>A {@link org.tierstock.local.demo.Scenario} is a dataset as a market and a stream of events in time order;
 * {@link org.tierstock.local.demo.Trading} plays it; {@link org.tierstock.local.demo.DemoCheck} compares what the layers
 * say with {@link org.tierstock.local.demo.OwnBooks}, which never ask them.
 */
package org.tierstock.local.demo;
