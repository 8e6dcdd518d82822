package org.tierstock.runtime.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/** What whoever begins a run is answered: where to fetch its result, or the result when he waits for it. */
@ApplicationScoped
public class CheckAnswers {
    /** The longest that a request waits. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** As RFC 7240 has it. */
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*(\\d{1,9})\\s*(?:$|[,;])");

    private final Checks checks;

    @Inject
    public CheckAnswers(Checks checks) {
        this.checks = checks;
    }

    /** For the container's proxy. */
    protected CheckAnswers() {
        this(null);
    }

    /**
     * Begins a run, or joins the one that is running.
     *
     * @param prefer the request's header; {@code wait=N} waits so many seconds for the end, at most {@link #LONGEST}
     * @param path where runs are shown
     * @param body what is shown of a run
     * @return 201 with the result when the run has ended, else 202
     */
    public <T> RestResponse<T> begin(
            Check check, Part part, String askedBy, String prefer, String path, Function<CheckRun, T> body) {
        CheckRun run = checks.await(check.kind(), checks.begin(check, part, askedBy), wait(prefer));
        return RestResponse.ResponseBuilder.create(
                        run.state() == CheckRun.State.RUNNING
                                ? RestResponse.Status.ACCEPTED
                                : RestResponse.Status.CREATED,
                        body.apply(run))
                .location(URI.create(path + '/' + run.number()))
                .build();
    }

    static Duration wait(String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        if (!wait.find()) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
