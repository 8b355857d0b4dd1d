package org.espalier.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.espalier.core.SurroundingsException;
import org.espalier.core.UnusableModelException;
import org.espalier.core.file.Json;
import org.espalier.endpoint.internal.HttpAnswer;
import org.espalier.endpoint.internal.Secret;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Dialect;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says in a sentence what went wrong at an endpoint, and throws where no further call would help. */
final class FailurePolicy {
    /** A server that has answered nothing for this long, try after try, is gone. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    private static final Pattern NOT_TAKEN = Pattern.compile(
            "(?i)unexpected|unknown|unrecognized|unsupported|not supported|not permitted|not allowed|forbidden|extra");

    private static final int FIRST_TRIES = 3;
    private static final int QUOTED = 300;
    private static final System.Logger LOG = System.getLogger(FailurePolicy.class.getPackageName());

    private final EndpointPlan plan;
    private final Secret key;
    private final LongSupplier nanoTime;
    private final AtomicLong lastGood = new AtomicLong();
    /** Since when the server has answered with nothing but its own faults. */
    private final AtomicReference<Optional<Long>> failing = new AtomicReference<>(Optional.empty());

    private final AtomicReference<Optional<String>> last = new AtomicReference<>(Optional.empty());

    FailurePolicy(EndpointPlan plan, Secret key, LongSupplier nanoTime) {
        this.plan = plan;
        this.key = key;
        this.nanoTime = nanoTime;
    }

    /** An answer came. */
    void succeeded() {
        lastGood.set(nanoTime.getAsLong());
        failing.set(Optional.empty());
        last.set(Optional.empty());
    }

    /** What went wrong last, if nothing has gone well since. */
    Optional<String> last() {
        return last.get();
    }

    /** A fault that other questions need not suffer from. */
    void noted(IOException trouble) {
        noted(plan.name() + ": " + key.redact(String.valueOf(trouble.getMessage())));
    }

    private String noted(String reason) {
        last.set(Optional.of(reason));
        LOG.log(System.Logger.Level.INFO, reason);
        return reason;
    }

    /** No answer came, or not all of it. */
    String unanswered(IOException cause, int tries) {
        String what = key.redact(clause(cause));
        long good = lastGood.get();
        boolean never = good == 0 && unreachable(cause) && tries >= FIRST_TRIES;
        boolean gone = tries >= plan.limits().retries() && (good == 0 || nanoTime.getAsLong() - good > PATIENCE);
        if (never || gone) {
            throw new SurroundingsException(
                    "Endpoint " + plan.name() + " at " + plan.baseUrl() + " " + what
                            + ": check whether it runs, and run the same command to continue; nothing is lost.",
                    cause);
        }
        return noted(plan.name() + " " + what);
    }

    private static boolean unreachable(IOException cause) {
        return cause instanceof ConnectException || cause instanceof UnknownHostException;
    }

    private static String clause(IOException cause) {
        return switch (cause) {
            case UnknownHostException _ -> "cannot be found under that name";
            case ConnectException _ -> "cannot be reached";
            case SocketTimeoutException _ -> "did not answer in time";
            default ->
                "broke the connection off (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")";
        };
    }

    /** A body that the client library could not read. */
    String unreadable(HttpAnswer received) {
        return failed("sent a body that cannot be read: " + quoted(received), "bodies that cannot be read");
    }

    /** One more fault of the server; the run ends after a minute and a half of nothing else. */
    private String failed(String what, String kind) {
        String reason = noted(plan.name() + " " + what);
        long now = nanoTime.getAsLong();
        long since = failing.updateAndGet(known -> known.isPresent() ? known : Optional.of(now))
                .orElse(now);
        if (now - since > PATIENCE) {
            throw new SurroundingsException(
                    "Endpoint " + plan.name() + " at " + plan.baseUrl() + " has answered nothing but " + kind
                            + " for " + TimeUnit.NANOSECONDS.toSeconds(now - since) + " seconds (" + what
                            + "): see its log, and run the same command to continue; nothing is lost.",
                    new IllegalStateException(reason));
        }
        return reason;
    }

    /** A status that is no success. */
    String refused(HttpAnswer received) {
        String said = message(received);
        String what = "HTTP " + received.status() + (said.isEmpty() ? "" : ", " + said);
        if (received.status() >= 500) {
            return failed("refused: " + what, "HTTP 5xx");
        }
        failing.set(Optional.empty());
        switch (received.status()) {
            case 401, 403 -> throw wrongKey(what);
            case 404 ->
                throw new UnusableModelException("endpoint " + plan.name() + " knows no model '" + plan.model()
                        + "' at " + plan.baseUrl() + " (" + what + "): see its name and the address"
                        + (plan.baseUrl().matches(".*/v\\d+\\w*") ? "" : ", which mostly ends in /v1"));
            case 402 -> throw noMoney(what);
            case 422 -> refuseFields(said, what);
            case 400, 429 -> {
                // OpenAI says so with 429, Anthropic with 400; Gemini refuses a key with 400.
                if (said.contains("insufficient_quota") || said.contains("credit balance is too low")) {
                    throw noMoney(what);
                }
                if (said.contains("API key not valid")) {
                    throw wrongKey(what);
                }
                refuseFields(said, what);
            }
            default -> {}
        }
        return noted(plan.name() + " refused: " + what);
    }

    /** A server that takes a field of none of our requests takes none of them. */
    private void refuseFields(String said, String what) {
        if (!NOT_TAKEN.matcher(said).find()) {
            return;
        }
        List<String> fields = Dialect.OMITTABLE.stream()
                .filter(field -> Pattern.compile("\\b" + field.replace('-', '_') + "\\b")
                        .matcher(said)
                        .find())
                .toList();
        if (!fields.isEmpty()) {
            String list = String.join(", ", fields);
            throw new UnusableModelException("endpoint " + plan.name() + " does not take " + list + " (" + what
                    + "): leave that out of its requests with 'omit: [" + list + "]' in the endpoints file");
        }
    }

    private UnusableModelException wrongKey(String what) {
        return new UnusableModelException(
                "endpoint " + plan.name() + " refuses its key (" + what + "): see " + whereTheKeyIs());
    }

    private SurroundingsException noMoney(String what) {
        return new SurroundingsException(
                "Endpoint " + plan.name() + " says that its account has no money left (" + what
                        + "): run the same command to continue once it has; nothing is lost.",
                new IllegalStateException("quota"));
    }

    private String whereTheKeyIs() {
        return switch (plan.key()) {
            case org.espalier.endpoint.plan.KeySource.Variable(String name) -> "the environment variable " + name;
            case org.espalier.endpoint.plan.KeySource.File(var path) -> path.toString();
            case org.espalier.endpoint.plan.KeySource.None _ ->
                "the server's documentation, and name the key with 'key-env' or 'key-file'";
        };
    }

    /** Whether the same request may end better later. */
    static boolean retryable(int status) {
        return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
    }

    private String message(HttpAnswer received) {
        try {
            JsonNode body = Json.parse(new String(received.body(), StandardCharsets.UTF_8));
            JsonNode error = body.path("error");
            String said = error.path("message")
                    .asString(error.asString(body.path("message").asString("")));
            String code = error.path("code").asString(error.path("type").asString(""));
            String both = code.isEmpty() || said.contains(code) ? said : said + " [" + code + "]";
            return both.isEmpty() ? quoted(received) : key.redact(cut(both));
        } catch (JacksonException e) {
            return quoted(received);
        }
    }

    private String quoted(HttpAnswer received) {
        String text = new String(received.body(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "nothing" : "'" + key.redact(cut(text)) + "'";
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > QUOTED ? line.substring(0, QUOTED) + "..." : line;
    }
}
