package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.PictureTerms;
import org.espalier.endpoint.wire.Usage;

/** One model that answers. Safe for many threads. */
public interface Endpoint {
    /** What was said of it: where it is, what it can do, its limits and prices. */
    EndpointPlan plan();

    /** Its name in the endpoints file. */
    default String name() {
        return plan().name();
    }

    /** The model's name, as the server knows it. */
    default String model() {
        return plan().model();
    }

    default Capabilities capabilities() {
        return plan().capabilities();
    }

    /** Which pictures it takes as they are; of others a copy is sent. */
    default PictureTerms pictures() {
        return plan().provider().pictures();
    }

    /** Whether asks are put together into batches, which are answered within a day. */
    default boolean batched() {
        return plan().batch();
    }

    /** Calls at once, at most; further ones wait inside {@link #ask}. */
    default int concurrency() {
        return plan().limits().concurrency();
    }

    /**
     * Asks once and waits. Waits for rate limits too, and tries again by the endpoint's policy after 429, 5xx, dropped
     * connections and bodies that cannot be read. Call it on a virtual thread.
     *
     * @throws InterruptedException if the thread was interrupted; nothing received is lost
     * @throws org.espalier.core.UnusablePictureException if a picture is none, is damaged or too large to be read
     * @throws org.espalier.core.InputException if the ask cannot be put to this endpoint: no picture at a path, pictures
     *     for a model that sees none
     */
    EndpointAnswer ask(EndpointRequest ask) throws InterruptedException;

    /** The most that a call with this many tokens can cost. */
    default BigDecimal price(long inputTokens, long outputTokens) {
        return plan().prices().cost(new Usage(inputTokens, outputTokens, 0));
    }

    /** What went wrong last, in a sentence, if nothing has gone well since. */
    default Optional<String> lastFailure() {
        return Optional.empty();
    }

    /** The time that the limits of requests and tokens a minute need for so many. */
    default Duration atLeast(long calls, long tokens) {
        return plan().limits().atLeast(calls, tokens);
    }

    /** Money spent on this endpoint in this store, by all runs and processes as far as is known. */
    default BigDecimal spent() {
        return BigDecimal.ZERO;
    }
}
