package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
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
     */
    record Said(String text, boolean complete, Usage usage, BigDecimal cost, String journalKey, boolean replayed)
            implements EndpointAnswer {}

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
