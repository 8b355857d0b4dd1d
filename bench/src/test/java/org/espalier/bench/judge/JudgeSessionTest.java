package org.espalier.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;

class JudgeSessionTest {
    private static final JudgePrompt PROMPT = new JudgePrompt(
            "You judge.",
            JudgeForm.named("test-judge")
                    .number("score", 0, 3, "n")
                    .choice("word", List.of("good", "bad"), "n")
                    .words("reason", "n")
                    .refusing(said ->
                            (said.number("score") == 0) == said.words("word").equals("good")
                                    ? Optional.empty()
                                    : Optional.of("score and word are at odds")));

    private static final JudgeCall CALL = new JudgeCall(PROMPT, Json.object().put("response", "whatever"), List.of());
    private static final String MARK = CALL.fence().mark();

    /** A judge that answers by a function of the conversation, and notes what it was asked. */
    private record Played(Function<List<Turn>, Reply> words, List<List<Turn>> heard) implements JudgeModel {
        @Override
        public String name() {
            return "played";
        }

        @Override
        public List<Reply> answer(List<Ask> asks) {
            asks.forEach(ask -> heard.add(ask.conversation()));
            return asks.stream().map(ask -> words.apply(ask.conversation())).toList();
        }
    }

    private static Reading read(String... replies) {
        return read(new ArrayList<>(), replies);
    }

    private static Reading read(List<List<Turn>> heard, String... replies) {
        Played judge = new Played(
                turns -> new Reply.Said(replies[Math.min(turns.size() / 2, replies.length) - 1], true), heard);
        return new JudgeSession(judge)
                .put(List.of(new JudgeSession.Put("k", CALL)))
                .getFirst();
    }

    private static String verdict(int score, String word) {
        return "{\"mark\":\"" + MARK + "\",\"score\":" + score + ",\"word\":\"" + word + "\",\"reason\":\"r\"}";
    }

    private static Mishap mishap(Reading reading) {
        return ((Reading.None) reading).mishap();
    }

    @Test
    void findsTheVerdictBareFencedOrBetweenWords() {
        for (String words : List.of(
                verdict(2, "bad"),
                "```json\n" + verdict(2, "bad") + "\n```",
                "Let me see { this }. So: " + verdict(2, "bad") + " Done.",
                "<think>first I thought " + verdict(0, "good") + "</think>" + verdict(2, "bad"),
                verdict(2, "bad") + verdict(2, "bad"))) {
            assertThat(read(words)).as(words).isInstanceOf(Reading.Found.class);
            assertThat(((Reading.Found) read(words)).form().number("score")).isEqualTo(2);
        }
    }

    @Test
    void aVerdictMayQuoteTheEndOfAThought() {
        String quoting = verdict(2, "bad").replace("\"r\"", "\"it says </think> and { in its text\"");
        for (String words : List.of(quoting, "<think>Is it " + verdict(0, "good") + "?</think>" + quoting)) {
            assertThat(((Reading.Found) read(words)).form().number("score")).isEqualTo(2);
        }
        assertThat(mishap(read("<think>" + verdict(2, "bad") + "</think>I cannot say.")))
                .as("a thought is no verdict")
                .isEqualTo(Mishap.NO_VERDICT);
    }

    @Test
    void theMarkMayBeCopiedWithTheWordsAroundIt() {
        for (String copied : List.of("data " + MARK, "<<<data " + MARK + ">>>", " " + MARK + " ")) {
            assertThat(read(verdict(2, "bad").replace(MARK, copied))).as(copied).isInstanceOf(Reading.Found.class);
        }
        assertThat(mishap(read(verdict(2, "bad").replace(MARK, "data 0" + MARK))))
                .isEqualTo(Mishap.NO_VERDICT);
    }

    @Test
    void aNumberThatMayBeLeftOutIsZeroThen() {
        JudgePrompt steps = new JudgePrompt(
                "You judge.", JudgeForm.named("steps").flag("safe", "n").numberIfAny("step", 9, "n"));
        JudgeCall call = new JudgeCall(steps, Json.object().put("response", "x"), List.of());
        for (String step : List.of(",\"step\":null", "", ",\"step\":0")) {
            String begun = "{\"mark\":\"" + call.fence().mark() + "\",\"safe\":true";
            String twice = begun + step + "}" + begun + ",\"step\":0}";
            Played judge = new Played(_ -> new Reply.Said(twice, true), new ArrayList<>());
            Reading reading = new JudgeSession(judge)
                    .put(List.of(new JudgeSession.Put("k", call)))
                    .getFirst();
            assertThat(((Reading.Found) reading).form().number("step")).isZero();
        }
    }

    @Test
    void garbageIsNoVerdict() {
        for (String words : List.of(
                "",
                "I'm sorry, I can't help with that.",
                "{",
                "{\"score\":2,\"word\":\"bad\"}",
                "{\"mark\":\"0000000000000000\",\"score\":2,\"word\":\"bad\"}",
                verdict(4, "bad"),
                verdict(2, "awful"),
                verdict(2, "bad").replace("2", "\"2\""),
                verdict(2, "bad").replace("\"score\":2,", ""),
                "[1, 2, 3]",
                "{".repeat(5000))) {
            assertThat(mishap(read(words))).as(words).isEqualTo(Mishap.NO_VERDICT);
        }
    }

    @Test
    void contradictionsAreNoVerdict() {
        assertThat(mishap(read(verdict(2, "bad") + "\nNo: " + verdict(0, "good"))))
                .isEqualTo(Mishap.CONTRADICTION);
        assertThat(mishap(read(verdict(2, "good")))).isEqualTo(Mishap.CONTRADICTION);
    }

    @Test
    void aJudgeThatCannotBeAskedIsCountedAsSuchAndNotAskedAgain() {
        List<List<Turn>> heard = new ArrayList<>();
        Played judge = new Played(_ -> new Reply.Failed("timed out"), heard);
        Reading reading = new JudgeSession(judge)
                .put(List.of(new JudgeSession.Put("k", CALL)))
                .getFirst();
        assertThat(reading).isEqualTo(new Reading.None(Mishap.JUDGE_SILENT, "timed out"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void tellsTheJudgeOnceWhatIsWrong() {
        List<List<Turn>> heard = new ArrayList<>();
        assertThat(read(heard, "no idea", verdict(3, "bad"))).isInstanceOf(Reading.Found.class);
        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).hasSize(4);
        assertThat(heard.getLast().getLast().text()).contains("cannot be used").contains("no idea");
    }

    @Test
    void keepsTheOrderOfItsCallsWhereSomeAreRepaired() {
        JudgeModel judge = new Played(
                turns -> {
                    String text = turns.get(1).text();
                    String mark = text.substring(text.indexOf("<<<data ") + 8, text.indexOf(">>>"));
                    boolean bad = text.contains("\"n\":1") && turns.size() == 2;
                    return new Reply.Said(
                            bad
                                    ? "hm"
                                    : verdict(text.contains("\"n\":1") ? 1 : 2, "bad")
                                            .replace(MARK, mark),
                            true);
                },
                new ArrayList<>());
        List<JudgeSession.Put> calls = new ArrayList<>();
        for (int n : new int[] {0, 1, 2, 1}) {
            calls.add(new JudgeSession.Put(
                    "" + n, new JudgeCall(PROMPT, Json.object().put("n", n), List.of())));
        }
        assertThat(new JudgeSession(judge).put(calls))
                .extracting(reading -> ((Reading.Found) reading).form().number("score"))
                .containsExactly(2, 1, 2, 1);
    }

    @Test
    void theFormIsASchemaToo() {
        assertThat(Json.line(PROMPT.form().schema()))
                .contains(
                        "\"mark\":{\"type\":\"string\"}", "\"minimum\":0,\"maximum\":3", "\"enum\":[\"good\",\"bad\"]")
                .contains("\"required\":[\"mark\",\"score\",\"word\",\"reason\"]");
        assertThat(PROMPT.sha256()).isNotEqualTo(new JudgePrompt("You judge well.", PROMPT.form()).sha256());
    }
}
