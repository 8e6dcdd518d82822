package org.tierstock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/**
 * Where the classes of one service, of the kernel and of the runtime live.
 *
 * @param service root package of the service, as an ArchUnit package pattern
 * @param movements root package of the kernel's words
 * @param runtime root package of the plumbing
 */
record House(String service, String movements, String runtime) {
    /** What the domain may use of the language: values, collections, time and numbers, and what the compiler needs. */
    private static final String[] LANGUAGE = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "java.time..",
        "java.math"
    };

    /** The part of service-runtime that a use case may know: numbered messages, document numbers, time, positions, work. */
    private static final List<String> RUNTIME_API =
            List.of("exchange..", "documents..", "changes..", "clock..", "reconcile..", "work..");

    /** What of the runtime writes to the database or into the exchange: nothing that a driving adapter may touch. */
    private static final Set<String> RUNTIME_WRITERS = Set.of("Outbox", "Inbox");

    /** What of the runtime reaches another process. */
    private static final Set<String> RUNTIME_REMOTES =
            Set.of("Carrier", "BrokerCarrier", "OutboxRelay", "MessageIntake", "MessageIntakes", "QueueReceivers");

    private static final String[] APPLICATION_ANNOTATIONS = {
        "jakarta.enterprise.context.ApplicationScoped",
        "jakarta.inject.Inject",
        "jakarta.transaction.Transactional",
        "jakarta.transaction.Transactional$TxType"
    };

    static House of(String service) {
        return new House(service, "org.tierstock.movements", "org.tierstock.runtime");
    }

    DescribedPredicate<JavaClass> everything() {
        return resideInAPackage(service + "..").as("classes of the service");
    }

    DescribedPredicate<JavaClass> domain() {
        return resideInAPackage(service + ".domain..").as("domain classes");
    }

    /** Use cases, their ports and the values that both speak. */
    DescribedPredicate<JavaClass> application() {
        return resideInAPackage(service + ".application..").as("application classes");
    }

    DescribedPredicate<JavaClass> portPackage() {
        return resideInAPackage(service + ".application.port..").as("the port package");
    }

    /** The application without its ports. */
    DescribedPredicate<JavaClass> useCases() {
        return application().and(not(portPackage())).as("use cases");
    }

    /** The interfaces that adapters implement. A sealed interface is a value with cases, not a port. */
    DescribedPredicate<JavaClass> ports() {
        return portPackage().and(openInterfaces()).as("ports");
    }

    static DescribedPredicate<JavaClass> openInterfaces() {
        return describe(
                "interfaces that are not sealed",
                type -> type.isInterface() && !type.isAnnotation() && !type.isSealed());
    }

    DescribedPredicate<JavaClass> adapters() {
        return resideInAPackage(service + ".adapter..").as("adapters");
    }

    DescribedPredicate<JavaClass> drivingAdapters() {
        return resideInAPackage(service + ".adapter.in..").as("driving adapters");
    }

    DescribedPredicate<JavaClass> drivenAdapters() {
        return resideInAPackage(service + ".adapter.out..").as("driven adapters");
    }

    DescribedPredicate<JavaClass> home(Technology technology) {
        String home = service + '.' + technology.home();
        return resideInAPackage(home + "..").as("classes in " + technology.home());
    }

    DescribedPredicate<JavaClass> movementsClasses() {
        return resideInAPackage(movements + "..").as("movements classes");
    }

    DescribedPredicate<JavaClass> runtimeClasses() {
        return resideInAPackage(runtime + "..").as("runtime classes");
    }

    DescribedPredicate<JavaClass> runtimeApi() {
        String[] packages = RUNTIME_API.stream().map(api -> runtime + '.' + api).toArray(String[]::new);
        return resideInAnyPackage(packages).or(queryPortMark()).as("the runtime's API");
    }

    static DescribedPredicate<JavaClass> language() {
        return describe(
                "java.lang, java.util, java.time and java.math",
                type -> type.isPrimitive() || resideInAnyPackage(LANGUAGE).test(type));
    }

    static DescribedPredicate<JavaClass> applicationAnnotations() {
        return named(APPLICATION_ANNOTATIONS).as("ApplicationScoped, Inject and Transactional");
    }

    /** Ports that are not marked as reading only, and the runtime's own ways to write. */
    DescribedPredicate<JavaClass> writingPorts() {
        DescribedPredicate<JavaClass> unmarked = describe(
                "unmarked",
                port -> !port.isAnnotatedWith(
                        describe("QueryPort", mark -> queryPortMark().test(mark.getRawType()))));
        return ports().and(unmarked)
                .or(resideInAnyPackage(runtime + ".sql..", runtime + ".ledger.."))
                .or(runtimeWriters())
                .as("writing ports");
    }

    /** Whatever leaves the process: ports that a driven adapter other than the database's fulfils, emitters, clients. */
    DescribedPredicate<JavaClass> remotes() {
        DescribedPredicate<JavaClass> fulfilledRemotely = describe(
                "fulfilled remotely",
                port -> port.getAllSubclasses().stream()
                        .anyMatch(drivenAdapters().and(not(home(Technology.POSTGRES)))::test));
        return ports().and(fulfilledRemotely)
                .or(runtimeRemotes())
                .or(resideInAnyPackage(
                        "org.eclipse.microprofile.reactive.messaging..",
                        "io.smallrye.reactive.messaging..",
                        "io.grpc..",
                        "io.vertx..",
                        "java.net.."))
                .as("remote ports and emitters");
    }

    /** The mark of a port that only reads, so that a driving adapter may ask it directly. */
    DescribedPredicate<JavaClass> queryPortMark() {
        return resideInAPackage(runtime).and(simpleName("QueryPort")).as("the runtime's mark of query ports");
    }

    DescribedPredicate<JavaClass> runtimeWriters() {
        return inExchange(RUNTIME_WRITERS)
                .or(resideInAPackage(runtime + ".changes").and(simpleName("Changes")))
                .as("the runtime's outbox, inbox and record of changes");
    }

    DescribedPredicate<JavaClass> runtimeRemotes() {
        return inExchange(RUNTIME_REMOTES).as("the runtime's carriers");
    }

    private DescribedPredicate<JavaClass> inExchange(Set<String> simpleNames) {
        return resideInAPackage(runtime + ".exchange")
                .and(describe("exchange", type -> simpleNames.contains(type.getSimpleName())));
    }

    static DescribedPredicate<JavaClass> named(String... names) {
        List<String> all = List.of(names);
        return describe(String.join(", ", all), type -> all.contains(type.getName()));
    }

    /** Any of them; an array is judged by what it is made of. */
    static DescribedPredicate<JavaClass> anyOf(List<DescribedPredicate<JavaClass>> allowed) {
        String description =
                allowed.stream().map(DescribedPredicate::getDescription).collect(joining(", "));
        return describe(
                description,
                type -> allowed.stream().anyMatch(predicate -> predicate.test(type.getBaseComponentType())));
    }
}
