package org.espalier.endpoint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.core.ChatModel;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.Prompt;
import org.espalier.endpoint.wire.Usage;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model in this process. Asks that come together are answered together, as many as the endpoint's concurrency. */
final class LocalEndpoint implements Endpoint {
    private final EndpointPlan plan;
    private final Journal journal;
    private final ChatModel model;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final KnownPictures pictures;
    private final Flights flights = new Flights();

    private record Waiting(ChatModel.Request request, Sampling sampling, CompletableFuture<ChatModel.Reply> reply) {}

    LocalEndpoint(EndpointPlan plan, Store store, ChatModel model) {
        this.plan = plan;
        this.journal = store.journal();
        this.pictures = new KnownPictures(plan.provider());
        this.model = model;
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public String model() {
        return plan.model() + plan.adapter().map(folder -> " with " + folder).orElse("");
    }

    @Override
    public Capabilities capabilities() {
        return plan.capabilities();
    }

    @Override
    public int concurrency() {
        return plan.limits().concurrency();
    }

    @Override
    public BigDecimal price(long inputTokens, long outputTokens) {
        return plan.prices().cost(new Usage(inputTokens, outputTokens, 0));
    }

    @Override
    public BigDecimal spent() {
        return BigDecimal.ZERO;
    }

    @Override
    public Answer ask(Ask ask) throws InterruptedException {
        Prompt prompt = Asking.prompt(ask, plan, pictures);
        String entry = Journal.key(plan.name(), model(), prompt.canonical(), ask.sample());
        flights.enter(entry);
        try {
            Optional<JournalEntry> known = journal.find(entry);
            if (known.isPresent()) {
                JsonNode said = Json.parse(new String(known.get().response(), StandardCharsets.UTF_8));
                return said(said.path("text").asString(), said.path("complete").asBoolean(), entry, true);
            }
            return switch (reply(new ChatModel.Request(entry, ask.sample(), ask.conversation()), ask.sampling())) {
                case ChatModel.Reply.Said(String text, boolean complete) -> {
                    record(prompt, entry, Json.object().put("text", text).put("complete", complete));
                    yield said(text, complete, entry, false);
                }
                case ChatModel.Reply.Failed(String reason) ->
                    new Answer.Failed(plan.name() + ": " + reason, false, Duration.ZERO, List.of());
            };
        } finally {
            flights.leave(entry);
        }
    }

    private static Answer said(String text, boolean complete, String entry, boolean replayed) {
        return new Answer.Said(text, complete, Usage.NONE, BigDecimal.ZERO, entry, replayed);
    }

    private void record(Prompt prompt, String entry, ObjectNode answer) {
        journal.record(new JournalEntry(
                entry,
                plan.name(),
                model(),
                0,
                prompt.canonical(),
                Json.line(answer).getBytes(StandardCharsets.UTF_8),
                0,
                0,
                BigDecimal.ZERO,
                Instant.now()));
    }

    /** Whoever has the turn computes for all who wait with the same sampling. */
    private ChatModel.Reply reply(ChatModel.Request request, Sampling sampling) throws InterruptedException {
        Waiting mine = new Waiting(request, sampling, new CompletableFuture<>());
        queue.add(mine);
        turn.lockInterruptibly();
        try {
            while (!mine.reply().isDone()) {
                compute(sampling);
            }
        } finally {
            queue.remove(mine);
            turn.unlock();
        }
        return mine.reply().join();
    }

    private void compute(Sampling sampling) {
        List<Waiting> batch = new ArrayList<>();
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && batch.size() < concurrency()) {
            Waiting one = waiting.next();
            if (one.sampling().equals(sampling)) {
                batch.add(one);
                waiting.remove();
            }
        }
        List<ChatModel.Reply> replies =
                model.reply(batch.stream().map(Waiting::request).toList(), sampling);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).reply().complete(replies.get(i));
        }
    }
}
