package org.espalier.ssui.agent;

import org.espalier.endpoint.EndpointAnswer;

/**
 * An answer that was not accepted.
 *
 * @param journalKey the row of the journal in which request and response stand whole
 * @param text the agent's words; where there are none, the body as it came
 * @param complaint what was wrong with it
 */
public record RejectedAnswer(String journalKey, String text, String complaint) {
    static RejectedAnswer of(EndpointAnswer.Kept kept) {
        return new RejectedAnswer(
                kept.journalKey(),
                kept.body(),
                kept.status() / 100 == 2 ? "it could not be read" : "HTTP " + kept.status());
    }
}
