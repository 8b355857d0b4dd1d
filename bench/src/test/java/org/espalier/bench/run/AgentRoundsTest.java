package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.internal.LineReader;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Preparation;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that agents of the same model prepare. */
class AgentRoundsTest {
    private static final Sampling SAMPLING = Sampling.at(0, 10, 0);

    /** Two agents for usual questions, one for rare ones. */
    private static final Preparation AGENTS = new Preparation() {
        @Override
        public int agents(String category) {
            return category.equals("rare") ? 1 : 2;
        }

        @Override
        public String asked(BenchmarkItem item, List<String> said) {
            return item.query() + " after " + String.join(" and ", said);
        }

        @Override
        public List<String> texts() {
            return List.of("after");
        }
    };

    private static final class Prepared extends Small {
        Prepared() {
            super(1);
        }

        @Override
        public Optional<Preparation> preparation() {
            return Optional.of(AGENTS);
        }
    }

    @TempDir
    Path folder;

    private final List<String> keys = new ArrayList<>();
    private final List<Integer> rounds = new ArrayList<>();

    /** Says how often its question was prepared; is silent to the first agent of question 2; thinks in answers. */
    private final ChatModel model = (requests, _) -> {
        rounds.add(requests.size());
        return requests.stream()
                .<Reply>map(request -> {
                    keys.add(request.key());
                    String asked = request.conversation().getLast().text();
                    return request.key().equals("q2 agent 1")
                            ? new Reply.Blocked("filter")
                            : new Reply.Said("<think>\nhm\n</think>\nto [" + asked + "]", true);
                })
                .toList();
    };

    private List<AnswerLine> asked(ChatModel whom, Path run) {
        QuestionSet set = Small.set(4);
        new Asking(new Prepared(), whom, SAMPLING, 4, false, Progress.SILENT).run(set, run);
        List<AnswerLine> lines = new ArrayList<>();
        try (LineReader<AnswerLine> answers = new LineReader<>(run.resolve(AnswerLine.FILE), AnswerLine::read)) {
            for (Optional<AnswerLine> next = answers.next(); next.isPresent(); next = answers.next()) {
                lines.add(next.get());
            }
        }
        return lines;
    }

    @Test
    void eachHearsWhatThoseBeforeSaidAndNoJudgeIsShownIt() {
        List<AnswerLine> lines = asked(model, folder.resolve("run"));
        // Questions 0 and 3 are rare; question 2 ends with its first agent.
        assertThat(rounds).containsExactly(4, 3, 1);
        assertThat(keys)
                .containsExactly(
                        "q0 agent 1", "q1 agent 1", "q2 agent 1", "q3 agent 1", "q0", "q1 agent 2", "q3", "q1");
        assertThat(lines.get(2).reply()).isEqualTo(new Reply.Blocked("filter"));
        String first = "to [question 1 after ]";
        String second = "to [question 1 after " + first + "]";
        Reply answer = lines.get(1).reply();
        for (Convention convention : Convention.values()) {
            assertThat(convention.judged(answer))
                    .isEqualTo(new Reply.Said("to [question 1 after " + first + " and " + second + "]", true));
        }
        assertThat(((Reply.Said) answer).text())
                .startsWith("<think apart>\n" + first + "\n\n" + second + "\n\nhm\n</think>");
    }

    @Test
    void answersThatAreThereAreNotPreparedAgain() throws Exception {
        List<AnswerLine> lines = asked(model, folder.resolve("run"));
        try (RecordedAnswers recorded =
                new RecordedAnswers(folder.resolve("run").resolve(AnswerLine.FILE))) {
            assertThat(asked(recorded, folder.resolve("again"))).isEqualTo(lines);
        }
        assertThat(Files.readAllLines(folder.resolve("run").resolve(AnswerLine.FILE))
                        .get(1))
                .contains("\"thinking_apart\":true");
    }
}
