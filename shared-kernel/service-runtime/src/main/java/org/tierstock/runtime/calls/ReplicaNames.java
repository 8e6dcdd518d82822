package org.tierstock.runtime.calls;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the replicas of a layer: all addresses of all names that it is known by. A name may stand for one replica or, like a
 * headless service of Kubernetes, for all.
 */
final class ReplicaNames extends NameResolver {
    private static final String SCHEME = "replicas";

    private final List<String> names;
    private final Lookup lookup;
    private final Args how;
    private Listener2 listener;
    private boolean looking;

    private ReplicaNames(List<String> names, Lookup lookup, Args how) {
        this.names = names;
        this.lookup = lookup;
        this.how = how;
    }

    /** What a channel to these is told; each is {@code host:port}. */
    static String target(List<String> names) {
        return SCHEME + ":///" + String.join(",", names);
    }

    @Override
    public String getServiceAuthority() {
        return names.getFirst();
    }

    @Override
    public void start(Listener2 told) {
        listener = told;
        refresh();
    }

    /** Runs in the channel's synchronization context, as does what is told. */
    @Override
    public void refresh() {
        if (looking) {
            return;
        }
        looking = true;
        how.getOffloadExecutor().execute(() -> {
            StatusOr<List<EquivalentAddressGroup>> found = look();
            how.getSynchronizationContext().execute(() -> {
                looking = false;
                listener.onResult2(
                        ResolutionResult.newBuilder().setAddressesOrError(found).build());
            });
        });
    }

    @Override
    public void shutdown() {}

    private StatusOr<List<EquivalentAddressGroup>> look() {
        List<EquivalentAddressGroup> found = new ArrayList<>();
        String unknown = "";
        for (String name : names) {
            int colon = name.lastIndexOf(':');
            try {
                // The certificate that is shown there must be for this name, whatever the others are called.
                Attributes called = Attributes.newBuilder()
                        .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, name)
                        .build();
                for (InetAddress address : lookup.addresses(name.substring(0, colon))) {
                    found.add(new EquivalentAddressGroup(
                            new InetSocketAddress(address, Integer.parseInt(name.substring(colon + 1))), called));
                }
            } catch (UnknownHostException e) {
                unknown = e.getMessage();
            }
        }
        return found.isEmpty()
                ? StatusOr.fromStatus(Status.UNAVAILABLE.withDescription("No such host: " + unknown))
                : StatusOr.fromValue(found);
    }

    /** Who is asked for the addresses of a host's name. */
    interface Lookup {
        /** All of them. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Makes them known to gRPC. */
    static final class Provider extends NameResolverProvider {
        private final Lookup lookup;

        /** Addresses are those that the machine finds. */
        Provider() {
            this(InetAddress::getAllByName);
        }

        Provider(Lookup lookup) {
            this.lookup = lookup;
        }

        @Override
        public NameResolver newNameResolver(URI target, Args how) {
            return target.getScheme().equals(SCHEME)
                    ? new ReplicaNames(List.of(target.getPath().substring(1).split(",")), lookup, how)
                    : null;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        /** Below every other one: no channel of somebody else falls to it. */
        @Override
        protected int priority() {
            return 0;
        }
    }
}
