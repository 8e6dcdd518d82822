package org.tierstock.sales.application.port;

import org.tierstock.sales.domain.Channel;

/**
 * A channel as it is stored.
 *
 * @param version rises by one with every change: what optimistic editing compares
 */
public record VersionedChannel(Channel channel, long version) {}
