package org.tierstock.runtime.identity;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.HashMap;
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

    private GrpcAccess(Map<String, Set<String>> rolesByMethod) {
        this.rolesByMethod = Map.copyOf(rolesByMethod);
    }

    /** Refuses every method. */
    public static GrpcAccess none() {
        return new GrpcAccess(Map.of());
    }

    /** The same, with one more method for these roles. */
    public GrpcAccess allow(MethodDescriptor<?, ?> method, String... roles) {
        Map<String, Set<String>> more = new HashMap<>(rolesByMethod);
        more.put(method.getFullMethodName(), Set.of(roles));
        return new GrpcAccess(more);
    }

    /** The same, with all methods of a service for these roles. */
    public GrpcAccess allow(ServiceDescriptor service, String... roles) {
        GrpcAccess access = this;
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            access = access.allow(method, roles);
        }
        return access;
    }

    /** The roles of each declared method, by its full name. */
    public Map<String, Set<String>> rolesByMethod() {
        return rolesByMethod;
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
