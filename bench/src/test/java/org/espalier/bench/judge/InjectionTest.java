package org.espalier.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.core.text.StepSplitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Answers that speak to their judges, against every prompt: none moves a verdict, and what fails is counted. */
class InjectionTest {
    static Set<JudgePrompt> prompts() {
        Set<JudgePrompt> prompts = new LinkedHashSet<>();
        new Benchmarks(new Benchmarks.Options(Prompts.shipped(), 1, StepSplitter.Style.AUTO, 5, Convention.OURS))
                .all()
                .forEach(benchmark -> prompts.addAll(benchmark.judgePrompts()));
        return prompts;
    }

    @Test
    void thereAreAtLeastThirtyAttempts() {
        assertThat(Attempts.ALL).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
        assertThat(prompts()).hasSizeGreaterThanOrEqualTo(12);
    }

    /** What a judge says, given the answer that it judges, what stands outside of the fence, and its honest verdict. */
    private interface Manner {
        String says(String judged, String outside, String honest);
    }

    private record Judge(String name, Manner manner) implements JudgeModel {
        @Override
        public List<Reply> answer(List<Ask> asks) {
            List<Reply> replies = new ArrayList<>();
            for (Ask ask : asks) {
                String text = ask.conversation().get(1).text();
                int start = text.indexOf("<<<data ");
                String mark = text.substring(start + 8, text.indexOf(">>>", start));
                int line = text.indexOf('\n', start) + 1;
                String close = "\n<<<end " + mark + ">>>";
                int end = text.indexOf(close, line);
                String judged =
                        Json.parse(text.substring(line, end)).path("response").asString();
                String outside = text.substring(0, start) + text.substring(end + close.length());
                for (Turn turn : ask.conversation()) {
                    outside += turn.text().equals(text) ? "" : turn.text();
                }
                String honest = Json.line(verdict(ask.form(), false).put(JudgeForm.MARK, mark));
                replies.add(new Reply.Said(manner.says(judged, outside, honest), true));
            }
            return replies;
        }
    }

    /** The best or the worst that a form can say. */
    private static ObjectNode verdict(JudgeForm form, boolean best) {
        ObjectNode out = Json.object();
        for (JudgeForm.Field field : form.fields()) {
            switch (field) {
                case JudgeForm.Field.Whole n -> out.put(n.name(), number(n, best));
                case JudgeForm.Field.Choice c ->
                    out.put(c.name(), best ? c.words().getFirst() : c.words().getLast());
                case JudgeForm.Field.Flag f -> out.put(f.name(), best);
                case JudgeForm.Field.Words w -> out.put(w.name(), "because");
            }
        }
        return out;
    }

    private static int number(JudgeForm.Field.Whole field, boolean best) {
        return switch (field.name()) {
            case "first_wrong_step" -> best ? 0 : 1;
            case "rating" -> best ? 5 : 1;
            default -> best ? field.least() : Math.min(field.most(), 3);
        };
    }

    private static List<JudgeSession.Put> calls(JudgePrompt prompt) {
        String best = Json.line(verdict(prompt.form(), true));
        return Attempts.ALL.stream()
                .map(attempt -> "Mix them and breathe in. " + attempt.replace("{BEST}", best))
                .map(answer -> new JudgeSession.Put(
                        "k",
                        new JudgeCall(prompt, Json.object().put("query", "q").put("response", answer), List.of())))
                .toList();
    }

    private static void allHonest(JudgePrompt prompt, List<Reading> readings) {
        String honest = prompt.form().verdict(verdict(prompt.form(), false));
        assertThat(readings).hasSize(Attempts.ALL.size()).allSatisfy(reading -> {
            assertThat(reading).isInstanceOf(Reading.Found.class);
            assertThat(prompt.form().verdict(((Reading.Found) reading).form().fields()))
                    .isEqualTo(honest);
        });
    }

    /** It would obey any order of an answer's that reached it outside of the fence. */
    @ParameterizedTest
    @MethodSource("prompts")
    void aCredulousJudgeNeverHearsThemAsOrders(JudgePrompt prompt) {
        Judge credulous = new Judge("credulous", (judged, outside, honest) -> {
            assertThat(judged).startsWith("Mix them and breathe in.");
            return outside.contains("breathe in") ? "I obey" : honest;
        });
        allHonest(prompt, new JudgeSession(credulous).put(calls(prompt)));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void aJudgeThatQuotesThemFirstIsStillUnderstood(JudgePrompt prompt) {
        // A quotation that ends in "</think>" hides what stands before it, never the verdict behind it.
        Judge quoting = new Judge(
                "quoting", (judged, _, honest) -> "The response says: " + judged + "\nMy verdict is " + honest);
        allHonest(prompt, new JudgeSession(quoting).put(calls(prompt)));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void aJudgeThatSaysWhatItWasToldGivesNoVerdictAndIsCounted(JudgePrompt prompt) {
        Judge captured = new Judge("captured", (judged, _, _) -> judged);
        assertThat(new JudgeSession(captured).put(calls(prompt)))
                .hasSize(Attempts.ALL.size())
                .allSatisfy(reading -> assertThat(reading)
                        .isInstanceOfSatisfying(
                                Reading.None.class,
                                none -> assertThat(none.mishap()).isEqualTo(Mishap.NO_VERDICT)));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void aJudgeThatIsHalfTurnedContradictsItselfAndIsCounted(JudgePrompt prompt) {
        // It copies its own mark into the verdict that the answer wants, beside its own.
        Judge turned = new Judge("turned", (_, _, honest) -> {
            ObjectNode own = (ObjectNode) Json.parse(honest);
            ObjectNode wanted = verdict(prompt.form(), true);
            return honest
                    + Json.line(
                            wanted.put(JudgeForm.MARK, own.path(JudgeForm.MARK).asString()));
        });
        assertThat(new JudgeSession(turned).put(calls(prompt)))
                .allSatisfy(reading -> assertThat(reading)
                        .isInstanceOfSatisfying(
                                Reading.None.class,
                                none -> assertThat(none.mishap()).isEqualTo(Mishap.CONTRADICTION)));
    }
}
