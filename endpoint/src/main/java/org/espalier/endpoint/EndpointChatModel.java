package org.espalier.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.core.ChatModel;
import org.espalier.core.Sampling;
import org.espalier.core.text.Thinking;

/** An endpoint for rooms that know a model only as core does. */
public record EndpointChatModel(Endpoint endpoint) implements ChatModel {
    /** What stands in the error of a request that a filter refused: codes of OpenAI's and Azure's, words of Anthropic's. */
    private static final List<String> FILTERS = List.of(
            "\"content_filter\"",
            "\"content_policy_violation\"",
            "\"invalid_prompt\"",
            "blocked by content filtering policy");

    /**
     * {@inheritDoc}
     *
     * <p>All are asked at once, as far as the endpoint's limits let them. What a content filter refused with HTTP 400,
     * or blocked in the form of an answer, is {@link Reply.Blocked}; what else it could not answer {@link Reply.Failed}.
     * What a provider keeps apart as thinking stands before the answer, as {@link Thinking} has it.
     *
     * @throws org.espalier.core.InputException as {@link Endpoint#ask}
     * @throws org.espalier.core.SurroundingsException if the server is gone or the budget used up; answers that came are
     *     in the journal
     */
    @Override
    public List<Reply> reply(List<Request> requests, Sampling sampling) {
        return ParallelCalls.all(requests.stream()
                .<Callable<Reply>>map(request -> () -> reply(request, sampling))
                .toList());
    }

    private Reply reply(Request request, Sampling sampling) throws InterruptedException {
        EndpointRequest ask = new EndpointRequest(
                request.key(), request.conversation(), sampling, request.sample(), Optional.empty());
        return switch (endpoint.ask(ask)) {
            case EndpointAnswer.Said said ->
                said.filter()
                        .<Reply>map(word -> new Reply.Blocked(
                                endpoint.model() + ": a filter of the provider's blocked it (" + word + ")"))
                        .orElseGet(() -> new Reply.Said(
                                new Thinking(said.thinking().strip(), said.text(), true).text(), said.complete()));
            case EndpointAnswer.Failed failed ->
                blocked(failed) ? new Reply.Blocked(failed.reason()) : new Reply.Failed(failed.reason());
        };
    }

    private static boolean blocked(EndpointAnswer.Failed failed) {
        return !failed.received().isEmpty()
                && failed.received().getLast().status() == 400
                && FILTERS.stream().anyMatch(failed.received().getLast().body()::contains);
    }
}
