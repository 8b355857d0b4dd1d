package org.espalier.bench.rsbench;

import java.util.List;
import org.espalier.core.ChatModel.Reply;

/**
 * A line of {@code answers.jsonl}.
 *
 * @param sample number of the path drawn for the question, from 0
 * @param steps of what was said; one empty step where the model said nothing at all; empty where it failed
 */
public record Answer(Asked asked, int sample, Reply reply, List<String> steps) {
    public Answer {
        steps = List.copyOf(steps);
        if (steps.isEmpty() != reply instanceof Reply.Failed) {
            throw new IllegalArgumentException("what was said has steps, and a failure has none");
        }
    }

    /** Whether the token budget cut the path off. It is judged all the same: it is what the model says. */
    public boolean cutOff() {
        return reply instanceof Reply.Said said && !said.complete();
    }
}
