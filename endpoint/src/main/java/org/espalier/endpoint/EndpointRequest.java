package org.espalier.endpoint;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.endpoint.wire.AnswerSchema;

/**
 * One call of a model. Two asks that differ in their label alone are the same: the second is answered from the journal.
 *
 * @param label says in logs and reasons whose call this is, such as {@code query picture-000017}; not sent
 * @param conversation system turns first, then users and assistants; the last is a user's, or an assistant's where the
 *     server can be given the beginning of its answer
 * @param sample counts the draws of one prompt from 0
 * @param shape where the answer is to be JSON
 */
public record EndpointRequest(
        String label, List<Turn> conversation, Sampling sampling, int sample, Optional<AnswerSchema> shape) {
    public EndpointRequest {
        conversation = List.copyOf(conversation);
        if (conversation.isEmpty()) {
            throw new IllegalArgumentException("nothing is asked: the conversation is empty");
        }
        if (sample < 0) {
            throw new IllegalArgumentException("sample " + sample + " is negative");
        }
    }
}
