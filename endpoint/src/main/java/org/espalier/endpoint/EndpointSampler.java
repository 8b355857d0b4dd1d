package org.espalier.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.endpoint.wire.Capabilities;

/**
 * An endpoint that continues from the beginning of an answer, natively or because it is asked to. Each draw is a request
 * with a seed of its own, which is cheap where the server keeps prefixes. Tokens and log-probabilities stay unknown: only
 * text is sent and received.
 */
public final class EndpointSampler implements Sampler {
    /** More draws at one step than anybody asks for; keeps draws of different steps apart. */
    private static final int STEP = 100_000;

    private final Endpoint endpoint;
    private final ContinuationMode how;

    /** @throws InputException if the endpoint's capability record does not allow this */
    public EndpointSampler(Endpoint endpoint, ContinuationMode how) {
        if (how == ContinuationMode.PREFILL && endpoint.capabilities().prefill() != Capabilities.Prefill.NATIVE) {
            throw new InputException("endpoint " + endpoint.name()
                    + " cannot continue from the beginning of an answer, which exploring needs: state 'prefill: native'"
                    + " among its capabilities if it can, or have it asked to continue with --continue-by turn");
        }
        this.endpoint = endpoint;
        this.how = how;
    }

    @Override
    public List<List<Continuation>> sample(List<Request> requests, Sampling sampling) {
        List<Callable<Continuation>> asks = new ArrayList<>();
        for (Request request : requests) {
            request.draws().forEach(draw -> asks.add(() -> draw(request, draw, sampling)));
        }
        List<Continuation> drawn = ParallelCalls.all(asks);
        List<List<Continuation>> all = new ArrayList<>();
        int from = 0;
        for (Request request : requests) {
            int to = from + request.draws().size();
            all.add(List.copyOf(drawn.subList(from, to)));
            from = to;
        }
        return all;
    }

    private Continuation draw(Request request, Draw draw, Sampling sampling) throws InterruptedException {
        String beginning = request.stem().text().substring(0, draw.cut().chars());
        // Servers refuse, or trip over, a beginning that ends in white space; the model would write it again.
        String sent = beginning.stripTrailing();
        List<Turn> conversation = new ArrayList<>(request.conversation());
        if (!sent.isEmpty()) {
            conversation.add(Turn.assistant(sent));
            if (how == ContinuationMode.TURN) {
                conversation.add(new Turn(Turn.Role.USER, List.of(), ContinuationMode.PLEASE));
            }
        }
        int sample = draw.step() * STEP + draw.sample();
        EndpointRequest ask = new EndpointRequest(
                request.key() + " step " + draw.step(), conversation, sampling, sample, Optional.empty());
        return switch (endpoint.ask(ask)) {
            case EndpointAnswer.Said said -> continuation(said, sent.length() < beginning.length());
            case EndpointAnswer.Failed failed ->
                throw new SurroundingsException(
                        "Endpoint " + endpoint.name() + " could not continue " + ask.label() + ": " + failed.reason()
                                + (failed.retryable()
                                        ? "; run the same command to continue, what was drawn is kept."
                                        : "; what was drawn is kept, but no further call would end differently: leave this"
                                                + " question out of the data, unless the reason is in how it is asked."),
                        new IllegalStateException(failed.reason()));
        };
    }

    private static Continuation continuation(EndpointAnswer.Said said, boolean begun) {
        String text = begun ? said.text().stripLeading() : said.text();
        return new Continuation(
                text, List.of(), List.of(), said.complete() ? Continuation.End.FINISHED : Continuation.End.LENGTH);
    }

    @Override
    public List<Cut> cuts(Continuation text, List<Integer> chars) {
        return chars.stream().map(place -> new Cut(0, place)).toList();
    }

    @Override
    public List<Integer> tokens(String text) {
        return List.of();
    }
}
