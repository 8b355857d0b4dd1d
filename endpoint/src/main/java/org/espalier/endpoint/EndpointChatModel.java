package org.espalier.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.core.ChatModel;
import org.espalier.core.Sampling;

/** An endpoint for rooms that know a model only as core does. */
public record EndpointChatModel(Endpoint endpoint) implements ChatModel {
    private static final List<String> FILTERS = List.of("\"content_filter\"", "\"content_policy_violation\"");

    /**
     * {@inheritDoc}
     *
     * <p>All are asked at once, as far as the endpoint's limits let them. What a content filter refused with HTTP 400 is
     * {@link Reply.Blocked}, what else it could not answer {@link Reply.Failed}.
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
            case EndpointAnswer.Said said -> new Reply.Said(said.text(), said.complete());
            case EndpointAnswer.Failed failed ->
                blocked(failed) ? new Reply.Blocked(failed.reason()) : new Reply.Failed(failed.reason());
        };
    }

    /** OpenAI and those who speak as it does name the filter in the code of the error. */
    private static boolean blocked(EndpointAnswer.Failed failed) {
        return !failed.received().isEmpty()
                && failed.received().getLast().status() == 400
                && FILTERS.stream().anyMatch(failed.received().getLast().body()::contains);
    }
}
