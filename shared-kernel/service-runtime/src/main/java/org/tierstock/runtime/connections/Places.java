package org.tierstock.runtime.connections;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Bounds how many connections there are: all together, and those from one address, so that one host keeps no other out. */
final class Places {
    /** Of an IPv6 address: whoever has one has as many of the same network as they like. */
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostFromOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * So many.
     *
     * @param most all together
     * @param mostFromOne from one address
     */
    Places(int most, int mostFromOne) {
        this.most = most;
        this.mostFromOne = mostFromOne;
    }

    /** Takes a place for a connection from there, if there is one. */
    synchronized boolean take(SocketAddress from) {
        String host = host(from);
        int ofHost = taken.getOrDefault(host, 0);
        if (all >= most || ofHost >= mostFromOne) {
            return false;
        }
        all++;
        taken.put(host, ofHost + 1);
        return true;
    }

    /** Gives a place back that was taken for a connection from there. */
    synchronized void release(SocketAddress from) {
        all--;
        taken.computeIfPresent(host(from), (host, many) -> many == 1 ? null : many - 1);
    }

    private static String host(SocketAddress from) {
        if (!(from instanceof InetSocketAddress address)) {
            return String.valueOf(from);
        }
        return address.getAddress() instanceof Inet6Address host
                ? HexFormat.of().formatHex(host.getAddress(), 0, NETWORK_BYTES)
                : address.getHostString();
    }
}
