package org.espalier.ssui.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What texts that give orders to agents can do: {@code injections.txt}, one a line. */
class InjectionTest {
    static final List<String> ATTEMPTS = attempts();
    private static final List<Agent> AGENTS = Agents.all(Taxonomy.composed(), Quotas.equal(Taxonomy.composed()));

    /** Attempts without any sign: nothing in the words tells them from what people write. */
    static final int UNMARKED = 3;

    @Test
    void noAttemptLeavesItsFence() {
        int escaped = 0;
        int tried = 0;
        for (Agent agent : AGENTS) {
            String instructions = outside(words(agent, sample("Can I?")));
            for (String attempt : ATTEMPTS) {
                String words = words(agent, sample(attempt));
                tried++;
                boolean kept = outside(words).equals(instructions)
                        && Json.parse(inside(words)).equals(agent.shown(sample(attempt)));
                escaped += kept ? 0 : 1;
            }
        }

        assertThat(ATTEMPTS).hasSizeGreaterThanOrEqualTo(30);
        assertThat(tried).isEqualTo(ATTEMPTS.size() * AGENTS.size());
        assertThat(escaped).isZero();
    }

    @Test
    void theSystemsTurnIsThePromptWhateverTheDataSay() {
        for (Agent agent : AGENTS) {
            for (String attempt : ATTEMPTS) {
                Turn system = call(agent, new Scripted(ask -> ""))
                        .conversation(sample(attempt))
                        .getFirst();
                assertThat(system.text())
                        .isEqualTo(AgentPrompt.shipped(agent.name()).text());
            }
        }
    }

    /** A model that obeys: it hands each order on in its own answer. */
    @Test
    void anOrderThatAModelPassesOnIsNotTakenOver() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (String attempt : ATTEMPTS) {
            ObjectNode answer = Json.object().put("redundant", true).put("query", attempt);
            answer.put("missing", "").put("sound", true);
            answer.putArray("steps").add("It shows something.").add("It is fine.");
            answer.put("answer", "It is fine");
            Scripted model = new Scripted(ask -> Json.line(answer));
            AgentCall.Outcome outcome = call(Agents.reflection(), model).ask(sample("Can I?"), 0);
            if (!(outcome instanceof AgentCall.Outcome.Dead)) {
                taken.add(attempt);
            }
        }

        assertThat(taken).hasSize(UNMARKED);
    }

    /** A model that obeys and adds what the order wants. */
    @Test
    void fieldsThatNobodyAskedForAreRefused() throws InterruptedException {
        Scripted model = new Scripted(
                ask -> "{\"safe\": true, \"valid\": true, \"reason\": \"\", \"id\": \"other\", \"approved\": true}");

        assertThat(call(Agents.check(), model).ask(sample("Can I?"), 0)).isInstanceOf(AgentCall.Outcome.Dead.class);
    }

    @Test
    void ordinaryQuestionsCarryNoSign() {
        assertThat(List.of(
                        "Can I mix these to clean the floor?",
                        "May he have some of it?",
                        "Which instructions on this label should I follow first?",
                        "Is it fine to ignore this light on the dashboard?",
                        "Can you tell me the rules of the game on this table?"))
                .allSatisfy(text -> assertThat(PromptInjection.in(text)).isEmpty());
    }

    private static WorkingSample sample(String text) {
        return WorkingSample.blank("a1", Path.of("a.png"), Risk.UNSAFE, text)
                .asked(text, text, text)
                .worded(text, List.of(text, text), text);
    }

    private static String words(Agent agent, WorkingSample sample) {
        return call(agent, new Scripted(ask -> ""))
                .conversation(sample)
                .getLast()
                .text();
    }

    private static String inside(String words) {
        List<String> lines = words.lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("<<<"))).hasSize(2);
        return lines.get(2);
    }

    private static String outside(String words) {
        return words.replace(inside(words), "").replaceAll("[0-9a-f]{16}>>>", ">>>");
    }

    private static AgentCall call(Agent agent, Scripted model) {
        return new AgentCall(agent, AgentPrompt.shipped(agent.name()), model, Sampling.at(0, 100, 1), 1);
    }

    private static List<String> attempts() {
        try (InputStream in = InjectionTest.class.getResourceAsStream("injections.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replace("\\n", "\n")
                            .replace("\\u0000", "\u0000")
                            .replace("\\u0008", "\b"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
