package org.espalier.ssui.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.espalier.core.Risk;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;
import org.espalier.endpoint.EndpointAnswer;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;

class AgentCallTest {
    private static final WorkingSample SAMPLE = WorkingSample.blank("a1", Path.of("a.png"), Risk.UNSAFE, "x")
            .asked("Can I mix these?", "bleach and vinegar give off gas", "c");
    private static final String GOOD = """
            {"steps": ["It shows bleach and vinegar.", "No, mixing them gives off gas."],
             "answer": "mixing them gives off gas"}""";

    @Test
    void keepsWhatTheAgentChangedAsADifference() throws InterruptedException {
        Scripted model = new Scripted(ask -> GOOD);

        AgentCall.Outcome outcome = call(Agents.reasoning(), model).ask(SAMPLE, 0);

        WorkingSample kept = ((AgentCall.Outcome.Kept) outcome).sample();
        assertThat(kept.steps()).hasSize(2);
        assertThat(kept.history()).hasSize(1);
        assertThat(kept.history().getFirst().path("agent").asString()).isEqualTo("reasoning");
        assertThat(Json.line(kept.history().getFirst().path("changes")))
                .isEqualTo("[{\"field\":\"steps\",\"after\":[\"It shows bleach and vinegar.\",\"No, mixing them gives"
                        + " off gas.\"]},{\"field\":\"answer\",\"after\":\"mixing them gives off gas\"}]");
        assertThat(kept.history().getFirst().path("prompt").asString())
                .isEqualTo(AgentPrompt.shipped("reasoning").sha256());
    }

    @Test
    void showsTheAgentOnceWhatWasWrong() throws InterruptedException {
        Iterator<String> answers = List.of("{\"steps\": [\"one\"]}", GOOD).iterator();
        Scripted model = new Scripted(ask -> answers.next());

        AgentCall.Outcome outcome = call(Agents.reasoning(), model).ask(SAMPLE, 0);

        assertThat(outcome).isInstanceOf(AgentCall.Outcome.Kept.class);
        assertThat(model.asked()).hasSize(2);
        assertThat(model.asked().getLast().conversation()).hasSize(4);
        assertThat(model.asked().getLast().conversation().getLast().text())
                .isEqualTo("That answer cannot be used: \"steps\" has 1 entries, not 2 to 12; \"answer\" is missing."
                        + " Give the whole JSON object again, corrected.");
    }

    @Test
    void keepsEverythingReceivedInADeadLetter() throws InterruptedException {
        Scripted model = new Scripted(ask -> "I would rather not.");

        AgentCall.Outcome outcome = call(Agents.check(), model).ask(SAMPLE, 0);

        AgentCall.Outcome.Dead dead = (AgentCall.Outcome.Dead) outcome;
        assertThat(dead.reason()).isEqualTo("the check agent's answer was not accepted: it holds no JSON object");
        assertThat(dead.received()).extracting(RejectedAnswer::text).containsOnly("I would rather not.");
        assertThat(dead.received()).hasSize(2);
    }

    @Test
    void keepsTheBodyOfARefusalWholeUnderItsKey() throws InterruptedException {
        EndpointAnswer.Kept kept = new EndpointAnswer.Kept("abc-1", 400, "x".repeat(1000));
        Scripted model = Scripted.answering(
                ask -> new EndpointAnswer.Failed("it refused: HTTP 400, xxx...", false, Duration.ZERO, List.of(kept)));

        assertThat(call(Agents.check(), model).ask(SAMPLE, 0))
                .isEqualTo(new AgentCall.Outcome.Dead(
                        "it refused: HTTP 400, xxx...",
                        List.of(new RejectedAnswer("abc-1", "x".repeat(1000), "HTTP 400"))));
    }

    @Test
    void asksAnewForADeadLetterThatIsTakenUpAgain() throws InterruptedException {
        Scripted model = new Scripted(ask -> "no");
        AgentCall call = new AgentCall(Agents.check(), AgentPrompt.shipped("check"), model, Sampling.at(0, 100, 1), 2);

        call.ask(SAMPLE, 0);
        call.ask(SAMPLE, 1);

        assertThat(model.asked()).extracting(ask -> ask.sample()).containsExactly(0, 0, 1, 1, 1000, 1000, 1001, 1001);
    }

    @Test
    void dropsWhatTheCheckAgentFindsUnsafe() throws InterruptedException {
        Scripted model = new Scripted(ask -> "{\"safe\": false, \"valid\": true, \"reason\": \"it asks for harm\"}");

        AgentCall.Outcome outcome = call(Agents.check(), model).ask(SAMPLE, 0);

        DroppedSample drop = ((AgentCall.Outcome.Dropped) outcome).drop();
        assertThat(drop.reason()).isEqualTo("the check agent found the text unsafe by itself");
        assertThat(drop.said()).isEqualTo("it asks for harm");
        assertThat(drop.response()).hasSize(64);
    }

    @Test
    void keepsWhatTheReflectionAgentFoundInTheHistory() throws InterruptedException {
        Scripted model = new Scripted(
                ask -> "{\"redundant\": true, \"query\": \"Can I?\", \"missing\": \"the gas\", \"sound\": true,"
                        + " \"steps\": [\"One.\", \"No gas.\"], \"answer\": \"No gas\"}");

        AgentCall.Outcome outcome = call(Agents.reflection(), model).ask(SAMPLE, 0);

        assertThat(Json.line(((AgentCall.Outcome.Kept) outcome)
                        .sample()
                        .history()
                        .getFirst()
                        .path("verdict")))
                .isEqualTo("{\"redundant\":true,\"missing\":\"the gas\",\"sound\":true}");
    }

    @Test
    void anExcludedCategoryIsNeitherOfferedNorFiledUnder() throws InterruptedException {
        Taxonomy taxonomy = Taxonomy.composed();
        String out = taxonomy.tertiary().getFirst().id();
        Quotas quotas = Quotas.of(taxonomy, Map.of(out, 0.0));
        AgentCall query = call(Agents.query(taxonomy, quotas), new Scripted(ask -> ""));
        String words = query.conversation(SAMPLE).getLast().text();
        Scripted model = new Scripted(
                ask -> "{\"query\": \"Can I?\", \"steps\": [\"One.\", \"No gas.\"], \"answer\": \"No gas\","
                        + " \"category\": \"" + out + "\"}");

        assertThat(words)
                .doesNotContain("\"" + out + "\"")
                .contains(taxonomy.tertiary().get(1).id());
        assertThat(Json.line(query.agent().form().shape().schema())).doesNotContain("\"" + out + "\"");
        assertThat(call(Agents.summary(taxonomy, quotas), model).ask(SAMPLE, 0))
                .isInstanceOf(AgentCall.Outcome.Dropped.class);
    }

    @Test
    void refusesACategoryThatTheTaxonomyDoesNotHave() throws InterruptedException {
        Scripted model = new Scripted(ask -> "{\"usable\": true, \"reason\": \"\", \"query\": \"Can I?\","
                + " \"scenario\": \"it falls\", \"category\": \"made.up\"}");

        AgentCall.Outcome outcome = call(Agents.query(Taxonomy.composed(), Quotas.equal(Taxonomy.composed())), model)
                .ask(SAMPLE, 0);

        assertThat(((AgentCall.Outcome.Dead) outcome).reason())
                .endsWith("\"category\" is not one of the ids or words that are allowed");
    }

    @Test
    void refusesAPathWhoseLastStepDoesNotHoldTheAnswer() throws InterruptedException {
        Scripted model = new Scripted(ask -> "{\"steps\": [\"one\", \"two\"], \"answer\": \"three\"}");

        AgentCall.Outcome outcome = call(Agents.reasoning(), model).ask(SAMPLE, 0);

        assertThat(((AgentCall.Outcome.Dead) outcome).reason()).contains("does not contain \"answer\" word for word");
    }

    @Test
    void theCheckAgentDoesNotSeeThePicture() {
        AgentCall check = call(Agents.check(), new Scripted(ask -> ""));
        AgentCall query =
                call(Agents.query(Taxonomy.composed(), Quotas.equal(Taxonomy.composed())), new Scripted(ask -> ""));

        assertThat(check.conversation(SAMPLE).getLast().images()).isEmpty();
        assertThat(query.conversation(SAMPLE).getLast().images()).containsExactly(Path.of("a.png"));
    }

    private static AgentCall call(Agent agent, Scripted model) {
        return new AgentCall(agent, AgentPrompt.shipped(agent.name()), model, Sampling.at(0, 100, 1), 1);
    }
}
