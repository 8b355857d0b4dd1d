package org.espalier.endpoint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.Usage;
import org.espalier.endpoint.wire.WireRequest;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/**
 * Asks of one model that are answered from the journal where they were answered before. Of several equal ones one goes
 * ahead; the others find its answer there. Thread-safe.
 */
final class JournaledAsks {
    private final EndpointPlan plan;
    private final String model;
    private final Journal journal;
    private final PictureHashes pictures;
    private final Map<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /** @param model as the journal names it */
    JournaledAsks(EndpointPlan plan, String model, Store store) {
        this.plan = plan;
        this.model = model;
        this.journal = store.journal();
        this.pictures = new PictureHashes(plan.provider().pictures());
    }

    /** Makes an answer that it has not, and records it under {@code entry}. */
    interface Call {
        EndpointAnswer of(WireRequest prompt, String entry) throws InterruptedException;
    }

    /**
     * @param replay reads an answer that the journal has
     * @throws InputException if it cannot be put to this endpoint
     */
    EndpointAnswer answer(EndpointRequest ask, BiFunction<WireRequest, JournalEntry, EndpointAnswer> replay, Call call)
            throws InterruptedException {
        WireRequest prompt = prompt(ask);
        String entry = Journal.key(plan.name(), model, prompt.canonical(), ask.sample());
        CountDownLatch mine = new CountDownLatch(1);
        for (CountDownLatch other = underWay.putIfAbsent(entry, mine);
                other != null;
                other = underWay.putIfAbsent(entry, mine)) {
            other.await();
        }
        try {
            Optional<JournalEntry> known = find(entry);
            return known.isPresent() ? replay.apply(prompt, known.get()) : call.of(prompt, entry);
        } finally {
            underWay.remove(entry);
            mine.countDown();
        }
    }

    private WireRequest prompt(EndpointRequest ask) {
        Map<Path, EncodedPicture> shown = new LinkedHashMap<>();
        for (Turn turn : ask.conversation()) {
            turn.images().forEach(file -> shown.computeIfAbsent(file, pictures::of));
        }
        if (!shown.isEmpty() && !plan.capabilities().pictures()) {
            throw new InputException("endpoint " + plan.name() + " sees no pictures, and '" + ask.label()
                    + "' shows one: name another endpoint for it");
        }
        WireRequest prompt = new WireRequest(ask.conversation(), shown, ask.sampling(), ask.shape());
        if (prompt.prefilled() && plan.capabilities().prefill() != Capabilities.Prefill.NATIVE) {
            throw new InputException(
                    "endpoint " + plan.name() + " cannot continue from the beginning of an answer: state"
                            + " 'prefill: native' among its capabilities if it can");
        }
        return prompt;
    }

    Optional<JournalEntry> find(String entry) {
        return journal.find(entry);
    }

    /** What came of all tries at an ask, those of earlier processes among them. */
    List<EndpointAnswer.Kept> kept(String entry) {
        return journal.beginning(entry + "-").stream().map(JournaledAsks::kept).toList();
    }

    static EndpointAnswer.Kept kept(JournalEntry entry) {
        return new EndpointAnswer.Kept(
                entry.key(), entry.status(), new String(entry.response(), StandardCharsets.UTF_8));
    }

    void record(String entry, int status, byte[] request, byte[] response, Usage usage, BigDecimal cost) {
        journal.record(new JournalEntry(
                entry,
                plan.name(),
                model,
                status,
                request,
                response,
                usage.input(),
                usage.output(),
                cost,
                Instant.now()));
    }
}
