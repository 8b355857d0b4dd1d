package org.espalier.workflow.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.espalier.bench.judge.JudgeForm;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.PublishedForm;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;
import org.espalier.endpoint.Endpoint;
import org.espalier.endpoint.EndpointAnswer;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.endpoint.ParallelCalls;
import org.espalier.endpoint.wire.AnswerSchema;

/**
 * An endpoint as a judge, kept to the form's schema where the server can.
 *
 * @param temperature 0 for a judge that is asked once
 * @param vote counts from 0 what the same judge is asked again
 */
public record EndpointJudge(Endpoint endpoint, double temperature, int vote) implements JudgeModel {
    /** Enough for a verdict with its reason, and for some thinking before it. */
    public static final int MAX_TOKENS = 1024;

    /** How judges choose tokens, for the protocol; a published form may say otherwise, as its hash does. */
    public static final String DECODING = "temperature 0, at most " + MAX_TOKENS + " tokens";

    /** Greedy. */
    public EndpointJudge(Endpoint endpoint) {
        this(endpoint, 0, 0);
    }

    @Override
    public String name() {
        return endpoint.model();
    }

    /** All at once, as far as the endpoint's limits let them. */
    @Override
    public List<Reply> answer(List<Ask> asks) {
        return ParallelCalls.all(
                asks.stream().<Callable<Reply>>map(ask -> () -> reply(ask)).toList());
    }

    /** What cannot be put to this judge, such as a picture of a kind that it does not take, fails alone. */
    private Reply reply(Ask ask) throws InterruptedException {
        Optional<AnswerSchema> shape = ask.form()
                .keptTo()
                .map(schema -> new AnswerSchema(ask.form().name(), schema, Map.of(JudgeForm.MARK, ask.mark())));
        int tokens = ask.form()
                .published()
                .map(PublishedForm::maxTokens)
                .orElse(OptionalInt.empty())
                .orElse(MAX_TOKENS);
        try {
            return switch (endpoint.ask(new EndpointRequest(
                    ask.key(), ask.conversation(), Sampling.at(temperature(ask), tokens, 0), vote, shape))) {
                case EndpointAnswer.Said said -> new Reply.Said(said.text(), said.complete());
                case EndpointAnswer.Failed failed -> new Reply.Failed(failed.reason());
            };
        } catch (UnusableModelException e) {
            throw e;
        } catch (InputException e) {
            return new Reply.Failed(String.valueOf(e.getMessage()));
        }
    }

    private double temperature(Ask ask) {
        return ask.form().published().map(PublishedForm::temperature).orElse(temperature);
    }
}
