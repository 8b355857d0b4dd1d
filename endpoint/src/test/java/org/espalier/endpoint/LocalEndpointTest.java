package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalEndpointTest {
    @TempDir
    Path folder;

    /** Says a request's last words backwards, slowly, and counts batches. */
    private static final class Backwards implements ChatModel {
        final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<Reply> reply(List<Request> requests, Sampling sampling) {
            batches.add(requests.size());
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return requests.stream()
                    .<Reply>map(request -> new Reply.Said(
                            new StringBuilder(request.conversation().getLast().text())
                                    .reverse()
                                    .toString(),
                            true))
                    .toList();
        }
    }

    @Test
    void answersTogetherWhatComesTogetherAndEachOnce() throws Exception {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(file, "endpoints:\n  here: {provider: local, model: checkpoint, concurrency: 8}\n");
        Backwards model = new Backwards();
        try (Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(EndpointsFile.read(file, List.of()), store, plan -> {
                    assertThat(plan.model())
                            .isEqualTo(folder.resolve("checkpoint").toString());
                    return model;
                })) {
            List<ChatModel.Request> requests = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                requests.add(new ChatModel.Request("k", 0, List.of(new Turn(Turn.Role.USER, List.of(), "abc" + i))));
            }
            EndpointChatModel asked = new EndpointChatModel(endpoints.of("query"));
            List<ChatModel.Reply> replies = asked.reply(requests, Sampling.at(0, 10, 1));

            assertThat(replies.get(17)).isEqualTo(new ChatModel.Reply.Said("71cba", true));
            assertThat(model.batches).allMatch(size -> size <= 8);
            assertThat(model.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(24);
            assertThat(model.batches.size()).isLessThan(24);

            assertThat(asked.reply(requests, Sampling.at(0, 10, 1))).isEqualTo(replies);
            assertThat(model.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(24);
        }
    }

    /** Finds a question too long, as a checkpoint does: by the key it was asked under. */
    private record TooLong(String text) implements ChatModel {
        @Override
        public List<Reply> reply(List<Request> requests, Sampling sampling) {
            for (Request request : requests) {
                if (request.conversation().getLast().text().equals(text)) {
                    throw new InputException("The question " + request.key() + " takes 5841 positions.");
                }
            }
            return requests.stream()
                    .<Reply>map(request -> new Reply.Said("ok", true))
                    .toList();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aQuestionThatTheModelRefusesEndsForAllThatWereAskedWithItAndIsNamed() throws Exception {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(file, "endpoints:\n  here: {provider: local, model: checkpoint, concurrency: 4}\n");
        try (Store store = Store.inFolder(folder);
                Endpoints endpoints =
                        Endpoints.open(EndpointsFile.read(file, List.of()), store, _ -> new TooLong("abc0"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Endpoint here = endpoints.of("query");
            List<Future<EndpointAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                EndpointRequest ask = new EndpointRequest(
                        "query picture-" + i,
                        List.of(new Turn(Turn.Role.USER, List.of(), "abc" + i)),
                        Sampling.at(0, 10, 1),
                        0,
                        Optional.empty());
                answers.add(threads.submit(() -> here.ask(ask)));
            }

            assertThatThrownBy(() -> answers.getFirst().get())
                    .cause()
                    .isInstanceOf(InputException.class)
                    .hasMessage("endpoint here: The question 'query picture-0' takes 5841 positions.");
            for (Future<EndpointAnswer> answer : answers.subList(1, 12)) {
                try {
                    assertThat(answer.get()).isInstanceOf(EndpointAnswer.Said.class);
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).hasMessageContaining("'query picture-0'");
                }
            }
        }
    }
}
