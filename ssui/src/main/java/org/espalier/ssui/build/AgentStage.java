package org.espalier.ssui.build;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.Hearing;
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
            case Hearing.Outcome.Dropped(String reason) ->
                new Outcome.Done(
                        List.of(), connection -> BuildTables.drop(connection, item.id(), item.stage(), reason));
            case Hearing.Outcome.Later later -> new Outcome.Later(later.after(), later.reason());
            case Hearing.Outcome.Dead dead ->
                new Outcome.Dead(
                        dead.reason(),
                        connection -> BuildTables.letter(
                                connection, item.id(), item.stage(), dead.reason(), dead.received()));
        };
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
