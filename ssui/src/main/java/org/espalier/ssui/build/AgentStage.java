package org.espalier.ssui.build;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.Drop;
import org.espalier.ssui.agent.Hearing;
import org.espalier.ssui.agent.Received;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.work.Handler;
import org.espalier.store.work.Item;
import org.espalier.store.work.Outcome;

/**
 * One agent as a stage of the work.
 *
 * @param next the stage after it; none after the last, which writes drafts
 * @param deaths how often each item died before, as {@link BuildTables#deaths} has it
 */
record AgentStage(
        Hearing hearing,
        Optional<String> next,
        Items items,
        Map<String, PooledPicture> pictures,
        Map<String, Integer> deaths,
        Drafts drafts)
        implements Handler {
    /** Starts of an item that the surroundings put off again and again. */
    static final int ATTEMPTS = 10;

    private static final long LONGEST_SECONDS = 60;
    private static final System.Logger LOG = System.getLogger(AgentStage.class.getPackageName());

    @Override
    public Outcome handle(Item item) throws InterruptedException {
        PooledPicture picture = pictures.get(Items.picture(item.id()));
        if (picture == null) {
            throw new InputException("the pool " + items.pool().folder() + " no longer has the picture of " + item.id()
                    + ": a build goes on with the pool it was begun with");
        }
        Sketch sketch = items.sketch(Json.parse(item.payload()), picture);
        int round = deaths.getOrDefault(item.stage() + "/" + item.id(), 0);
        return switch (hearing.hear(sketch, round)) {
            case Hearing.Outcome.Kept(Sketch kept) -> kept(kept, picture);
            case Hearing.Outcome.Dropped(Drop drop) ->
                new Outcome.Done(List.of(), connection -> BuildTables.drop(connection, drop));
            case Hearing.Outcome.Later later
            when item.attempt() >= ATTEMPTS ->
                dead(item, "Given up after " + item.attempt() + " attempts: " + later.reason(), later.received());
            case Hearing.Outcome.Later later ->
                new Outcome.Later(Collections.max(List.of(later.after(), pause(item.attempt()))), later.reason());
            case Hearing.Outcome.Dead dead -> dead(item, dead.reason(), dead.received());
        };
    }

    /** Longer from start to start, so that all of them outlast a server that is started anew. */
    private static Duration pause(int attempt) {
        return Duration.ofSeconds(Math.min(1L << Math.min(attempt, 10), LONGEST_SECONDS));
    }

    private static Outcome dead(Item item, String reason, List<Received> received) {
        LOG.log(System.Logger.Level.INFO, "dead letter " + item.stage() + "/" + item.id() + ": " + reason);
        return new Outcome.Dead(
                reason, connection -> BuildTables.letter(connection, item.id(), item.stage(), reason, received));
    }

    private Outcome kept(Sketch sketch, PooledPicture picture) {
        if (next.isPresent()) {
            return new Outcome.Done(Items.item(next.get(), sketch));
        }
        Draft draft = Drafting.draft(
                sketch, picture, items.twin(sketch.id()), items.settings().seed());
        return new Outcome.Done(List.of(), connection -> drafts.put(connection, draft));
    }
}
