package org.espalier.endpoint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.UnusablePictureException;
import org.espalier.core.file.Json;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Usage;
import org.espalier.endpoint.wire.WireRequest;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import tools.jackson.databind.JsonNode;

/** A model in this process. Asks that come together are answered together, as many as the endpoint's concurrency. */
final class LocalEndpoint implements Endpoint {
    private final EndpointPlan plan;
    private final JournaledAsks asks;
    private final ChatModel model;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** @param label whose ask this is, for sentences; the request's own key is a hash that the draw depends on */
    private record Waiting(
            String label, ChatModel.Request request, Sampling sampling, CompletableFuture<ChatModel.Reply> reply) {}

    LocalEndpoint(EndpointPlan plan, Store store, ChatModel model) {
        this.plan = plan;
        this.asks = new JournaledAsks(plan, model(), store);
        this.model = model;
    }

    @Override
    public EndpointPlan plan() {
        return plan;
    }

    @Override
    public String model() {
        return plan.model() + plan.adapter().map(folder -> " with " + folder).orElse("");
    }

    /** No limit of requests or tokens a minute applies to it. */
    @Override
    public Duration atLeast(long calls, long tokens) {
        return Duration.ZERO;
    }

    @Override
    public EndpointAnswer ask(EndpointRequest ask) throws InterruptedException {
        return asks.answer(ask, (_, known) -> replayed(known), (prompt, entry) -> call(ask, prompt, entry));
    }

    private static EndpointAnswer replayed(JournalEntry known) {
        JsonNode said = Json.parse(new String(known.response(), StandardCharsets.UTF_8));
        return said(said.path("text").asString(), said.path("complete").asBoolean(), known.key(), true);
    }

    private EndpointAnswer call(EndpointRequest ask, WireRequest prompt, String entry) throws InterruptedException {
        return switch (reply(ask, entry)) {
            case ChatModel.Reply.Said(String text, boolean complete) -> {
                String answer = Json.line(Json.object().put("text", text).put("complete", complete));
                byte[] response = answer.getBytes(StandardCharsets.UTF_8);
                asks.record(entry, 0, prompt.canonical(), response, Usage.NONE, BigDecimal.ZERO);
                yield said(text, complete, entry, false);
            }
            case ChatModel.Reply.Failed(String reason) -> failed(reason);
            case ChatModel.Reply.Blocked(String reason) -> failed(reason);
        };
    }

    private EndpointAnswer failed(String reason) {
        return new EndpointAnswer.Failed(plan.name() + ": " + reason, false, Duration.ZERO, List.of());
    }

    private static EndpointAnswer said(String text, boolean complete, String entry, boolean replayed) {
        return new EndpointAnswer.Said(text, complete, Usage.NONE, BigDecimal.ZERO, entry, replayed);
    }

    /**
     * Whoever has the turn computes for all who wait with the same sampling.
     *
     * @throws RuntimeException what the model threw for any of those that were computed together
     */
    private ChatModel.Reply reply(EndpointRequest ask, String entry) throws InterruptedException {
        ChatModel.Request request = new ChatModel.Request(entry, ask.sample(), ask.conversation());
        Waiting mine = new Waiting(ask.label(), request, ask.sampling(), new CompletableFuture<>());
        queue.add(mine);
        turn.lockInterruptibly();
        try {
            while (!mine.reply().isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while " + plan.name() + " was asked");
                }
                compute(ask.sampling());
            }
        } finally {
            queue.remove(mine);
            turn.unlock();
        }
        return result(mine);
    }

    private static ChatModel.Reply result(Waiting done) {
        try {
            return done.reply().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    private void compute(Sampling sampling) {
        List<Waiting> batch = batch(sampling);
        try {
            List<ChatModel.Reply> replies =
                    model.reply(batch.stream().map(Waiting::request).toList(), sampling);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).reply().complete(replies.get(i));
            }
        } catch (RuntimeException | Error e) {
            // They are out of the queue: one that is not completed now would wait for ever.
            Throwable cause = e instanceof InputException wrong ? labelled(wrong, batch) : e;
            batch.forEach(one -> one.reply().completeExceptionally(cause));
        }
    }

    private List<Waiting> batch(Sampling sampling) {
        List<Waiting> batch = new ArrayList<>();
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && batch.size() < concurrency()) {
            Waiting one = waiting.next();
            if (one.sampling().equals(sampling)) {
                batch.add(one);
                waiting.remove();
            }
        }
        return batch;
    }

    /** The model knows its questions by their hashes, which tell nobody anything. */
    private InputException labelled(InputException wrong, List<Waiting> batch) {
        String sentence = String.valueOf(wrong.getMessage());
        for (Waiting one : batch) {
            String key = one.request().key();
            if (sentence.contains(key)) {
                return new InputException(
                        "endpoint " + plan.name() + ": " + sentence.replace(key, "'" + one.label() + "'"), wrong);
            }
        }
        // Of a picture that only some of them show: the others must not be lost with it.
        return wrong instanceof UnusablePictureException ? new InputException(sentence, wrong) : wrong;
    }
}
