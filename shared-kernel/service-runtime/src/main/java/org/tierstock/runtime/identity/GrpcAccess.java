package org.tierstock.runtime.identity;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which roles may call which gRPC method. A service produces one bean of it; a method that it does not name is refused
 * to everyone.
 *
 * <pre>{@code
 * @Produces @Singleton
 * GrpcAccess access() {
 *     return GrpcAccess.none().allow(OrderServiceGrpc.getServiceDescriptor(), Roles.CHANNEL);
 * }
 * }</pre>
 */
public final class GrpcAccess {
    private final Map<String, Set<String>> rolesByMethod;
    private final Set<String> scoped;

    private GrpcAccess(Map<String, Set<String>> rolesByMethod, Set<String> scoped) {
        this.rolesByMethod = Map.copyOf(rolesByMethod);
        this.scoped = Set.copyOf(scoped);
    }

    /** Refuses every method. */
    public static GrpcAccess none() {
        return new GrpcAccess(Map.of(), Set.of());
    }

    /** The same, with one more method for these roles. */
    public GrpcAccess allow(MethodDescriptor<?, ?> method, String... roles) {
        Map<String, Set<String>> more = new HashMap<>(rolesByMethod);
        more.put(method.getFullMethodName(), Set.of(roles));
        return new GrpcAccess(more, scoped);
    }

    /** The same, with all methods of a service for these roles. */
    public GrpcAccess allow(ServiceDescriptor service, String... roles) {
        GrpcAccess access = this;
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            access = access.allow(method, roles);
        }
        return access;
    }

    /**
     * The same, with all methods of a service for these roles, also for tokens that are narrowed: the service itself keeps to
     * the caller's scopes. All other methods are for tokens with all scopes.
     */
    public GrpcAccess allowScoped(ServiceDescriptor service, String... roles) {
        GrpcAccess access = allow(service, roles);
        Set<String> more = new HashSet<>(scoped);
        service.getMethods().forEach(method -> more.add(method.getFullMethodName()));
        return new GrpcAccess(access.rolesByMethod, more);
    }

    /** The roles of each declared method, by its full name. */
    public Map<String, Set<String>> rolesByMethod() {
        return rolesByMethod;
    }

    /** Whether the method keeps to the caller's scopes, or the caller has all. */
    boolean servesScopesOf(Caller caller, String fullMethodName) {
        return !caller.isNarrowed() || scoped.contains(fullMethodName);
    }

    boolean allows(String fullMethodName, Caller caller) {
        for (String role : rolesByMethod.getOrDefault(fullMethodName, Set.of())) {
            if (caller.is(role)) {
                return true;
            }
        }
        return false;
    }
}
