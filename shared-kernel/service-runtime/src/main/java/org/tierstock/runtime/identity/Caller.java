package org.tierstock.runtime.identity;

import io.grpc.Context;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.posting.Sender;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.trace.TraceContext;

/**
 * Who calls, and which channels, warehouses and owners they may see and move.
 *
 * <p>In REST resources it is injected and belongs to the request; gRPC services ask {@link #current()} when the call
 * arrives. A scope of {@code *} means all.
 */
public class Caller {
    static final Context.Key<Caller> GRPC = Context.key("tierstock-caller");

    private static final String ALL = "*";

    private final String subject;
    private final String tokenId;
    private final Set<String> roles;
    private final Set<String> channels;
    private final Set<String> warehouses;
    private final Set<String> owners;
    private final String party;

    /** Nobody: no role and no scope. */
    public Caller() {
        this("", null, Set.of(), Set.of(), Set.of(), Set.of());
    }

    /**
     * A caller with the roles and scopes of a verified token.
     *
     * @param tokenId null when the token has none
     */
    public Caller(
            String subject,
            String tokenId,
            Set<String> roles,
            Set<String> channels,
            Set<String> warehouses,
            Set<String> owners) {
        this.subject = subject;
        this.tokenId = tokenId;
        this.roles = Set.copyOf(roles);
        this.channels = Set.copyOf(channels);
        this.warehouses = Set.copyOf(warehouses);
        this.owners = Set.copyOf(owners);
        this.party = subject + new TreeSet<>(channels) + new TreeSet<>(warehouses) + new TreeSet<>(owners);
    }

    /** The caller of the gRPC call that runs now; nobody outside of one. */
    public static Caller current() {
        Caller caller = GRPC.get();
        return caller == null ? new Caller() : caller;
    }

    /** The caller of a request whose endpoint has let them in; nobody of any other. */
    public static Caller of(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof VerifiedToken token
                ? token.caller()
                : new Caller();
    }

    /** The token's subject. */
    public String subject() {
        return subject;
    }

    /** The caller as who does what the request that runs now asks for. */
    public Actor actor() {
        return new Actor(subject, tokenId, TraceContext.current().traceId());
    }

    /**
     * For whom the caller speaks: the token's subject and scopes. Tokens of one party share what is bounded, where nothing
     * says more exactly whose request it is.
     */
    public String party() {
        return party;
    }

    /** The caller as who sends for a part of what it speaks for, such as a channel, however many of them it names. */
    public Sender sendingFor(String part) {
        return new Sender(party, part);
    }

    /** The token's roles. */
    public Set<String> roles() {
        return roles;
    }

    /** True when the token names this role. */
    public boolean is(String role) {
        return roles.contains(role);
    }

    /** True when the caller is this layer's service: one layer never speaks for another. */
    public boolean isLayer(String layer) {
        return is(Roles.ofLayer(layer));
    }

    /** True when the caller may see and move what belongs to this channel. */
    public boolean mayUseChannel(String channel) {
        return allows(channels, channel);
    }

    /** True when the caller may see and move what lies in this warehouse. */
    public boolean mayUseWarehouse(String warehouse) {
        return allows(warehouses, warehouse);
    }

    /** True when the caller may see and move this owner's goods. */
    public boolean mayUseOwner(String owner) {
        return allows(owners, owner);
    }

    /**
     * Goes on only when the caller may use this channel.
     *
     * @throws Problem 403 otherwise
     */
    public void needsChannel(String channel) {
        refuseUnless(mayUseChannel(channel), "channel", channel);
    }

    /**
     * Goes on only when the caller may use this warehouse.
     *
     * @throws Problem 403 otherwise
     */
    public void needsWarehouse(String warehouse) {
        refuseUnless(mayUseWarehouse(warehouse), "warehouse", warehouse);
    }

    /**
     * Goes on only when the caller may use this owner's goods.
     *
     * @throws Problem 403 otherwise
     */
    public void needsOwner(String owner) {
        refuseUnless(mayUseOwner(owner), "owner", owner);
    }

    /** True when there is a channel, a warehouse or an owner that the caller may not use. */
    public boolean isNarrowed() {
        return !(mayUseAllChannels() && mayUseAllWarehouses() && mayUseAllOwners());
    }

    /** The channels that the token names, without {@code *}. */
    public Set<String> channels() {
        return named(channels);
    }

    /** True when the caller may use all channels. */
    public boolean mayUseAllChannels() {
        return channels.contains(ALL);
    }

    /** The warehouses that the token names, without {@code *}. */
    public Set<String> warehouses() {
        return named(warehouses);
    }

    /** True when the caller may use all warehouses. */
    public boolean mayUseAllWarehouses() {
        return warehouses.contains(ALL);
    }

    /** The owners that the token names, without {@code *}. */
    public Set<String> owners() {
        return named(owners);
    }

    /** True when the caller may use all owners' goods. */
    public boolean mayUseAllOwners() {
        return owners.contains(ALL);
    }

    private static boolean allows(Set<String> scope, String code) {
        return scope.contains(ALL) || code != null && scope.contains(code);
    }

    private static Set<String> named(Set<String> scope) {
        return scope.contains(ALL) ? Set.of() : scope;
    }

    private static void refuseUnless(boolean allowed, String what, String code) {
        if (!allowed) {
            throw Problem.forbidden("The token does not name the " + what + ".").with(what, code);
        }
    }
}
