package org.tierstock.integration.faults;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.tierstock.local.Detours;

/** A link for every way between two processes, and for every way from the clients into the platform. */
final class Links implements Detours, AutoCloseable {
    /** Who asks from outside. */
    static final String CLIENT = "client";

    private final Map<String, Link> links = new ConcurrentSkipListMap<>();

    @Override
    public String address(String caller, String called, String address) {
        int colon = address.lastIndexOf(':');
        Link link =
                new Link(caller, called, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        links.put(link.toString(), link);
        return link.address();
    }

    /** The REST interface of a process as clients reach it. */
    URI forClients(String called, URI url) {
        return URI.create("http://" + address(CLIENT, called, url.getAuthority()));
    }

    /** All of them, in the order of their names. */
    List<Link> all() {
        return List.copyOf(links.values());
    }

    /** Ends every harm. */
    void heal() {
        all().forEach(Link::heal);
    }

    @Override
    public void close() {
        Collection<Link> open = links.values();
        open.forEach(Link::close);
    }
}
