package org.tierstock.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.OutboxRow;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkLoops;

/**
 * All that code does by itself or answers when it is asked: its methods on a schedule, the steps of its work loops, and what GET
 * gets. They are found in the classes, so that one that is written tomorrow is among them, and are made as the container
 * makes them, of the database that is given and of the settings' defaults, to be driven one by one while {@link RowsRead} counts.
 */
public final class Entrances {
    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());

    /** What of the runtime is never driven, and why. */
    private static final Map<String, String> APART = Map.of(
            "ChangesResource.csv", "answers all there is, by the list's statement",
            "MovementsResource.csv", "answers all there is, by the list's statement",
            "Reconciliations.runOnSchedule", "compares all there is, for which it has minutes",
            "ServiceTokenWatch.complainWhenExpired", "asks no database",
            "TellTaken", "there is nobody to tell");

    /** Where a layer is asked by others. */
    private static final Pattern ASKED = Pattern.compile("\\.adapter\\.in\\.(rest|grpc)$");

    private final List<Class<?>> classes;
    private final List<Object> given;
    private final Database reads;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final Map<String, WorkLoops.Step> steps = new TreeMap<>();
    private final SmallRyeConfig settings = new SmallRyeConfigBuilder()
            .addDefaultSources()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .build();

    /**
     * The entrances of the runtime and of a layer.
     *
     * @param database the one that counts
     * @param layer a class of each of its modules; none when only the runtime's are looked for
     */
    public Entrances(Database database, Class<?>... layer) {
        this(database, database, layer);
    }

    /**
     * The entrances of the runtime and of a layer, which have a database for postings and one for readers.
     *
     * @param postings the one that whoever does not ask for the readers' is given
     * @param reads the readers'
     * @param layer a class of each of its modules; none when only the runtime's are looked for
     */
    public Entrances(Database postings, Database reads, Class<?>... layer) {
        this.reads = reads;
        this.classes = Stream.concat(Stream.of(Database.class), Stream.of(layer))
                .flatMap(Entrances::classes)
                .toList();
        Fence fence = new Fence();
        fence.open();
        Set<String> all = Set.of("*");
        this.given = List.of(
                postings,
                fence,
                new Caller("auditor", null, Set.of("auditor"), all, all, all),
                new Taker(Carrier.BROKER),
                new Taker(Carrier.CALL),
                new SimpleMeterRegistry(),
                new ObjectMapper(),
                new Steps());
    }

    /** Takes all that it is given. */
    private record Taker(String name) implements Carrier {
        @Override
        public Set<StreamPosition> carry(List<OutboxRow> rows) {
            return Set.of();
        }
    }

    /** Keeps the steps of loops instead of running them. */
    private final class Steps extends WorkLoops {
        @Override
        public void start(String work, Duration idle, Step step) {
            steps.put(work, step);
        }
    }

    /**
     * Drives each once, and tells which reads more than it may, fails, or is not counted since it asks the database nothing.
     *
     * @param asked what GET asks for, by the names of the parameters of its path and query
     * @param apart those that are not driven here, with the reason: a short list
     */
    public List<String> complaints(RowsRead rowsRead, Map<String, Object> asked, Map<String, String> apart) {
        Map<String, Callable<?>> all = all(asked);
        List<String> complaints = new ArrayList<>();
        Stream.concat(APART.keySet().stream(), apart.keySet().stream())
                .filter(name -> all.remove(name) == null)
                .forEach(name -> complaints.add(name + " is left out and does not exist"));
        all.forEach((name, entrance) -> {
            rowsRead.clear();
            try {
                entrance.call();
            } catch (Problem | Unreached nobody) {
                // What is asked for need not exist: to find that out costs as much. And there are no other layers to
                // reach.
            } catch (Exception | LinkageError failure) {
                complaints.add(name + " fails: " + failure + " at "
                        + List.of(failure.getStackTrace()).subList(0, Math.min(6, failure.getStackTrace().length)));
                return;
            }
            if (rowsRead.executions().isEmpty()) {
                complaints.add(name + " is not counted");
            }
            // One statement may look up what another one answers.
            long answered = rowsRead.executions().stream()
                    .mapToLong(RowsRead.Execution::needed)
                    .max()
                    .orElse(0);
            rowsRead.above(KeptRows.ALWAYS + KeptRows.PER_ROW * answered, KeptRows.PER_ROW)
                    .forEach(execution -> complaints.add(name + " " + execution));
        });
        return complaints;
    }

    /**
     * What each GET answers that is asked once, by its name: the status, or how it fails. Those that answer a file are not
     * asked: they need a service's room for it.
     *
     * @param asked what is asked for, by the names of the parameters of path and query
     */
    public Map<String, String> answers(Map<String, Object> asked) {
        Map<String, String> answers = new TreeMap<>();
        for (Class<?> type : classes) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(GET.class) && method.getReturnType() != StreamingOutput.class) {
                    answers.put(type.getSimpleName() + '.' + method.getName(), answer(() -> call(type, method, asked)));
                }
            }
        }
        return answers;
    }

    private static String answer(Callable<?> get) {
        try {
            return get.call() instanceof Response response ? Integer.toString(response.getStatus()) : "200";
        } catch (Problem problem) {
            return Integer.toString(problem.status());
        } catch (Exception | LinkageError failure) {
            return failure.toString();
        }
    }

    /**
     * What of a layer answers requests or calls and runs a use case of it that posts by itself: its callers would take
     * connections beside those that the lanes of {@link org.tierstock.runtime.posting.GroupCommit} have, as many as they like.
     *
     * @param layer a class of each of its modules
     */
    public static List<String> postingWithoutLane(Class<?>... layer) {
        List<Class<?>> classes = Stream.of(layer).flatMap(Entrances::classes).toList();
        return classes.stream()
                .filter(type -> ASKED.matcher(type.getPackageName()).find())
                .flatMap(type -> Stream.of(type.getDeclaredConstructors())
                        .flatMap(constructor -> Stream.of(constructor.getParameterTypes()))
                        .filter(useCase -> classes.contains(useCase) && beginsTransactions(useCase))
                        .map(useCase -> type.getSimpleName() + " runs " + useCase.getSimpleName()))
                .toList();
    }

    private static boolean beginsTransactions(Class<?> type) {
        return Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(Transactional.class));
    }

    /** Purges, as each layer does from time to time; nothing else is counted. */
    void purge(RowsRead rowsRead) {
        Callable<?> purge = all(Map.of()).get("PurgeJob purge");
        rowsRead.clear();
        try {
            purge.call();
        } catch (Unreached nobody) {
            // There is no other layer that would release more.
        } catch (Exception failure) {
            throw new IllegalStateException("The purge fails", failure);
        }
    }

    private Map<String, Callable<?>> all(Map<String, Object> asked) {
        Map<String, Callable<?>> all = new TreeMap<>();
        for (Class<?> type : classes) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isSynthetic()) {
                    continue;
                }
                if (method.isAnnotationPresent(Scheduled.class) || method.isAnnotationPresent(GET.class)) {
                    all.put(type.getSimpleName() + '.' + method.getName(), () -> call(type, method, asked));
                } else if (startsLoops(type, method)) {
                    loops(type, method, all);
                }
            }
        }
        return all;
    }

    private static boolean startsLoops(Class<?> type, Method method) {
        return Stream.of(method.getParameters())
                        .anyMatch(p -> p.isAnnotationPresent(Observes.class) && p.getType() == StartupEvent.class)
                && Stream.of(type.getDeclaredFields()).anyMatch(field -> field.getType() == WorkLoops.class);
    }

    private void loops(Class<?> type, Method method, Map<String, Callable<?>> all) {
        steps.clear();
        try {
            call(type, method, Map.of());
        } catch (Exception failure) {
            all.put(type.getSimpleName(), () -> {
                throw failure;
            });
        }
        steps.forEach((work, step) -> all.put(type.getSimpleName() + ' ' + work, () -> step.run(ALL_PARTITIONS)));
        if (steps.isEmpty()) {
            // Switched off by the settings' defaults, or by what is given: nobody has driven it.
            all.putIfAbsent(type.getSimpleName(), () -> null);
        }
    }

    private Object call(Class<?> type, Method method, Map<String, Object> asked) throws Exception {
        Object target = make(type);
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            PathParam path = parameter.getAnnotation(PathParam.class);
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (path != null) {
                arguments.add(asked(asked.getOrDefault(path.value(), "1"), parameter.getType()));
            } else if (query != null) {
                DefaultValue standard = parameter.getAnnotation(DefaultValue.class);
                Object value = asked.getOrDefault(query.value(), standard == null ? null : standard.value());
                arguments.add(asked(value, parameter.getType()));
            } else {
                arguments.add(parameter.isAnnotationPresent(Observes.class) ? null : argument(parameter));
            }
        }
        method.setAccessible(true);
        try {
            return method.invoke(target, arguments.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Object asked(Object value, Class<?> type) {
        if (type == List.class) {
            return value == null ? List.of() : List.of(value);
        }
        return value == null || type.isInstance(value)
                ? value
                : settings.requireConverter(type).convert(value.toString());
    }

    private Object argument(Parameter parameter) throws ReflectiveOperationException {
        if (parameter.isAnnotationPresent(Reads.class)) {
            return reads;
        }
        ConfigProperty setting = parameter.getAnnotation(ConfigProperty.class);
        if (setting != null) {
            return setting(setting, parameter);
        }
        if (parameter.getType() == Instance.class) {
            return instance(
                    (Class<?>) ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0]);
        }
        return make(parameter.getType());
    }

    private Object setting(ConfigProperty setting, Parameter parameter) {
        if (parameter.getParameterizedType() instanceof ParameterizedType optional) {
            return optional.getActualTypeArguments()[0] instanceof Class<?> of
                    ? settings.getOptionalValue(setting.name(), of)
                    : java.util.Optional.empty();
        }
        return settings.getOptionalValue(setting.name(), (Class<?>) parameter.getType())
                .map(Object.class::cast)
                .orElseGet(() -> settings.requireConverter(parameter.getType())
                        .convert(
                                setting.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE)
                                        ? "1"
                                        : setting.defaultValue()));
    }

    /** What is there of a type. */
    private Object instance(Class<?> type) throws ReflectiveOperationException {
        List<Object> there = new ArrayList<>();
        given.stream().filter(type::isInstance).forEach(there::add);
        if (there.isEmpty()) {
            for (Class<?> implementor : implementors(type)) {
                there.add(make(implementor));
            }
        }
        return Proxy.newProxyInstance(
                Entrances.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "iterator" -> there.iterator();
                    case "forEach" -> {
                        @SuppressWarnings("unchecked")
                        var each = (java.util.function.Consumer<Object>) arguments[0];
                        there.forEach(each);
                        yield null;
                    }
                    case "stream" -> there.stream();
                    case "isResolvable" -> there.size() == 1;
                    case "isUnsatisfied" -> there.isEmpty();
                    case "get" -> there.getFirst();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /**
     * As the container makes it; null for what this code does not implement itself, and for what cannot be made while there are
     * no other layers: who finds nothing to do does not need it, and who needs it fails.
     */
    private Object make(Class<?> type) throws ReflectiveOperationException {
        for (Object one : given) {
            if (type.isInstance(one)) {
                return one;
            }
        }
        if (made.containsKey(type)) {
            return made.get(type);
        }
        Class<?> concrete = type;
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            List<Class<?>> implementors = implementors(type);
            concrete = implementors.size() == 1 ? implementors.getFirst() : null;
        }
        made.put(type, null);
        try {
            made.put(type, concrete == null ? null : concrete == type ? construct(type) : make(concrete));
        } catch (InvocationTargetException | RuntimeException | LinkageError unmakable) {
            return null;
        }
        return made.get(type);
    }

    private Object construct(Class<?> type) throws ReflectiveOperationException {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        Constructor<?> constructor = Stream.of(constructors)
                .filter(each -> each.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElse(isBean(type) && constructors.length == 1 ? constructors[0] : null);
        if (constructor == null) {
            return null;
        }
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            arguments.add(argument(parameter));
        }
        constructor.setAccessible(true);
        return constructor.newInstance(arguments.toArray());
    }

    private List<Class<?>> implementors(Class<?> type) {
        return classes.stream()
                .filter(each -> !each.isInterface() && type.isAssignableFrom(each) && each != type)
                .filter(Entrances::isBean)
                .toList();
    }

    private static boolean isBean(Class<?> type) {
        return type.isAnnotationPresent(ApplicationScoped.class)
                || type.isAnnotationPresent(Singleton.class)
                || type.isAnnotationPresent(jakarta.ws.rs.Path.class);
    }

    /** The classes of a module, be it a directory or an archive. */
    private static Stream<Class<?>> classes(Class<?> beside) {
        try {
            Path place = Path.of(
                    beside.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return classes(place).stream();
            }
            try (FileSystem archive = FileSystems.newFileSystem(place)) {
                return classes(archive.getPath("/")).stream();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith("org/tierstock/")
                            && name.endsWith(".class")
                            && !name.endsWith("-info.class"))
                    .sorted()
                    .<Class<?>>map(
                            name -> loaded(name.substring(0, name.length() - 6).replace('/', '.')))
                    .toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, Entrances.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
