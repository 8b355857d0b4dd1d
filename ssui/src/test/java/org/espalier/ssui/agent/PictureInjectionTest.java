package org.espalier.ssui.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What orders that are written in pictures can do: each of {@code injections.txt} is drawn into one, and the agents are
 * played by a model that obeys whatever it reads. docs/ssui.md has the counts.
 */
class PictureInjectionTest {
    private static final Taxonomy TAXONOMY = Taxonomy.composed();
    private static final Quotas QUOTAS = Quotas.equal(TAXONOMY);
    private static final List<Agent> AGENTS = Agents.all(TAXONOMY, QUOTAS);
    private static final String ORDINARY = "It is a kitchen.";

    @TempDir
    private Path folder;

    /** The order in a picture, by the hash of its file: how the stand-in reads. */
    private final Map<String, String> orders = new HashMap<>();

    private final List<Path> pictures = new ArrayList<>();

    @BeforeEach
    void draw() throws IOException {
        for (String attempt : InjectionTest.ATTEMPTS) {
            Path picture = Pictures.write(folder.resolve(pictures.size() + ".png"), drawn(attempt));
            pictures.add(picture);
            orders.put(Sha256.of(picture), attempt);
        }
        assertThat(orders).hasSize(41);
    }

    private static BufferedImage drawn(String order) {
        BufferedImage image = Pictures.drawn(7, 640, 96);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 30, 640, 40);
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        pen.drawString(order, 4, 50);
        pen.dispose();
        return image;
    }

    /** A model that writes the order into all its answer says, and judges as the order wants. */
    @Test
    void anOrderInAPictureThatAnAgentHandsOnIsNotTakenOver() throws InterruptedException {
        assertThat(taken(true))
                .isEqualTo(Map.of("query", 3, "reasoning", 3, "reflection", 3, "check", 0, "summary", 3));
    }

    /** A model that judges as the order wants and gives no sign of it: no code can tell. The check agent sees no picture. */
    @Test
    void anOrderThatIsObeyedInSilenceKeepsAPairButNeverPassesTheCheck() throws InterruptedException {
        assertThat(taken(false))
                .containsEntry("query", 41)
                .containsEntry("reflection", 41)
                .containsEntry("check", 0);
    }

    /** All five in a row; whatever the first lets through is read and obeyed by the others as well. */
    @Test
    void ofAllOrdersOnlyThoseWithoutAnySignComeThroughAllAgents() throws InterruptedException {
        List<String> through = new ArrayList<>();
        for (Path picture : pictures) {
            WorkingSample sample = WorkingSample.blank(
                    "a1", picture, Risk.UNSAFE, TAXONOMY.tertiary().getFirst().id());
            boolean kept = true;
            for (Agent agent : AGENTS) {
                if (kept && ask(agent, sample, true) instanceof AgentCall.Outcome.Kept(WorkingSample next)) {
                    sample = next;
                } else {
                    kept = false;
                }
            }
            if (kept) {
                through.add(orders.get(Sha256.of(picture)));
            }
        }

        // In plain words and without an address to a model: people are the next to see them.
        assertThat(through).hasSize(InjectionTest.UNMARKED);
    }

    /** How many samples each agent keeps that it would have dropped or could not have used. */
    private Map<String, Integer> taken(boolean aloud) throws InterruptedException {
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (Agent agent : AGENTS) {
            taken.put(agent.name(), 0);
            for (Path picture : pictures) {
                WorkingSample sample = WorkingSample.blank("a1", picture, Risk.UNSAFE, "aim")
                        .asked("Can I?", "it burns", "fire")
                        .worded("Can I?", List.of("One.", "It burns."), "It burns");
                if (ask(agent, sample, aloud) instanceof AgentCall.Outcome.Kept) {
                    taken.merge(agent.name(), 1, Integer::sum);
                }
            }
        }
        return taken;
    }

    private AgentCall.Outcome ask(Agent agent, WorkingSample sample, boolean aloud) throws InterruptedException {
        Scripted model = new Scripted(ask -> Json.line(answer(agent, ask, aloud)));
        return new AgentCall(agent, AgentPrompt.shipped(agent.name()), model, Sampling.at(0, 100, 1), 1).ask(sample, 0);
    }

    /** Without an order the answer is no to every question; with one it is yes, and the order stands in all words. */
    private ObjectNode answer(Agent agent, EndpointRequest ask, boolean aloud) {
        String order = Stream.concat(
                        ask.conversation().stream()
                                .map(Turn::images)
                                .flatMap(List::stream)
                                .map(picture -> orders.getOrDefault(Sha256.of(picture), "")),
                        orders.values().stream()
                                .filter(ask.conversation().getLast().text()::contains))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        String words = aloud && !order.isEmpty() ? order : ORDINARY;
        ObjectNode answer = Json.object();
        agent.form().fields().forEach((name, field) -> answer.set(name, value(field, words, !order.isEmpty())));
        return answer;
    }

    private static JsonNode value(AnswerForm.Field field, String words, boolean yes) {
        return switch (field) {
            case AnswerForm.Field.Flag _ -> Json.tree(yes);
            case AnswerForm.Field.Text _ -> Json.tree(words);
            case AnswerForm.Field.Texts _ -> Json.tree(List.of(words, words));
            case AnswerForm.Field.Choice choice -> Json.tree(choice.values().getFirst());
        };
    }
}
