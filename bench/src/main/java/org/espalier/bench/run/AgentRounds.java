package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Preparation;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.ChatModel.Request;
import org.espalier.core.text.Thinking;

/**
 * Asks the agents that prepare an answer, then for the answer: round by round, all questions of a round together. What the
 * agents said is kept with the answer as thoughts apart from its text, which no judge is shown. Where an agent has no
 * answer, there is none.
 *
 * @param model one reply a request, in order
 */
record AgentRounds(Preparation agents, Function<List<Request>, List<Reply>> model, boolean textFirst) {
    /** A question on its way to its answer. */
    private static final class Case {
        private final BenchmarkItem item;
        private final int sample;
        private final List<String> said = new ArrayList<>();
        private Optional<Reply> ended = Optional.empty();

        Case(BenchmarkItem item, int sample) {
            this.item = item;
            this.sample = sample;
        }
    }

    List<Reply> replies(List<BenchmarkItem> items, List<Request> requests) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            cases.add(new Case(items.get(i), requests.get(i).sample()));
        }
        for (List<Case> open = cases; !open.isEmpty(); ) {
            List<Reply> replies = model.apply(open.stream().map(this::request).toList());
            for (int i = 0; i < open.size(); i++) {
                hear(open.get(i), replies.get(i));
            }
            open = open.stream().filter(one -> one.ended.isEmpty()).toList();
        }
        return cases.stream().map(one -> one.ended.orElseThrow()).toList();
    }

    private Request request(Case one) {
        boolean last = one.said.size() == agents.agents(one.item.cell());
        BenchmarkItem asked = one.item.asking(agents.asked(one.item, Collections.unmodifiableList(one.said)));
        String key = one.item.id() + (last ? "" : " agent " + (one.said.size() + 1));
        return new Request(key, one.sample, asked.conversation(textFirst));
    }

    private void hear(Case one, Reply reply) {
        if (!(reply instanceof Reply.Said(String text, boolean complete))) {
            one.ended = Optional.of(reply);
            return;
        }
        Thinking parted = Thinking.of(text);
        if (one.said.size() < agents.agents(one.item.cell())) {
            one.said.add(parted.answer());
            return;
        }
        String before = String.join("\n\n", one.said) + (parted.thoughts().isEmpty() ? "" : "\n\n" + parted.thoughts());
        one.ended = Optional.of(new Reply.Said(new Thinking(before, parted.answer(), true).text(), complete));
    }
}
