package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espalier.endpoint.wire.Dialect;
import org.espalier.endpoint.wire.Usage;

/** What became of one ask. */
public sealed interface EndpointAnswer {
    /**
     * Words.
     *
     * @param complete false where the token budget or a filter of the server's cut them off
     * @param cost of this answer when it was paid for, in the money of the endpoint's prices
     * @param journalKey under which request and response stand in the journal
     * @param replayed whether it came from the journal without a call
     * @param thinking what the model says to itself, where the provider keeps it apart from the text; else empty
     * @param filter the provider's word for why a filter of its own blocked question or answer; the text is then what is
     *     left of one
     */
    record Said(
            String text,
            boolean complete,
            Usage usage,
            BigDecimal cost,
            String journalKey,
            boolean replayed,
            String thinking,
            Optional<String> filter)
            implements EndpointAnswer {
        /** Words alone. */
        public Said(String text, boolean complete, Usage usage, BigDecimal cost, String journalKey, boolean replayed) {
            this(text, complete, usage, cost, journalKey, replayed, "", Optional.empty());
        }

        /** What was read from an answer. */
        Said(Dialect.Reading read, BigDecimal cost, String journalKey, boolean replayed) {
            this(
                    read.text(),
                    read.complete(),
                    read.usage(),
                    cost,
                    journalKey,
                    replayed,
                    read.thinking(),
                    read.filter());
        }
    }

    /** What was received and is no answer: a body, whole, and its row of the journal. */
    record Kept(String journalKey, int status, String body) {}

    /**
     * No words.
     *
     * @param reason one sentence, without secrets
     * @param retryable whether the same ask may end better later; what the endpoint's own retries could do was done
     * @param after not before this time has passed
     * @param received in all tries at this ask, by their order; refusals for too many requests are not kept
     */
    record Failed(String reason, boolean retryable, Duration after, List<Kept> received) implements EndpointAnswer {
        public Failed {
            received = List.copyOf(received);
        }
    }
}
