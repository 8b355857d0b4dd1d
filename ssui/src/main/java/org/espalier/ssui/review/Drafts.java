package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.store.Store;

/**
 * The drafts of a store, and their revision by any number of people at once, on SQLite or PostgreSQL. Originals and
 * events are only ever added. Whoever writes names the version that was seen, so that nobody overwrites what they have
 * not read. All methods may be called from any thread.
 */
public final class Drafts {
    /** Where the tables of this room are described: one folder for each kind of database. */
    public static final String MIGRATIONS = "org/espalier/ssui/review/${database}";

    private final Store store;
    private final DraftTable table;
    private final DraftQueue queue;
    private final Revisions revisions;
    private final Decisions decisions;
    private final PictureWords pictureWords;
    private final Reviewers people;

    /** @param store opened with {@link #MIGRATIONS} */
    public Drafts(Store store) {
        this(store, Clock.systemUTC());
    }

    Drafts(Store store, Clock clock) {
        this.store = store;
        SearchIndex words = new SearchIndex(store.postgres());
        EventTime time = new EventTime(clock);
        this.table = new DraftTable(words);
        this.queue = new DraftQueue(store, words, clock);
        this.decisions = new Decisions(time);
        this.pictureWords = new PictureWords(time);
        this.revisions = new Revisions(table, time);
        this.people = new Reviewers(store, clock);
    }

    /** Adds drafts in one transaction; one whose id is there already stays as it is. @return how many are new */
    public int putAll(Collection<Draft> drafts) {
        return store.alone(connection -> table.putAll(connection, drafts));
    }

    /** Adds a draft within somebody else's transaction. @return whether it is new */
    public boolean put(Connection connection, Draft draft) throws SQLException {
        return putAll(connection, List.of(draft)) == 1;
    }

    /** Adds many within somebody else's transaction. @return how many are new */
    public int putAll(Connection connection, Collection<Draft> drafts) throws SQLException {
        return table.putAll(connection, drafts);
    }

    /** The draft as it stands after revision. */
    public Optional<Reviewed> current(String id) {
        return store.read(connection -> table.current(connection, id));
    }

    /** Where the picture of a draft lies, without reading the rest. */
    public Optional<String> image(String id) {
        return store.read(connection -> table.image(connection, id));
    }

    /** Hands every draft that fits to {@code each}, in the order in which they came, in bounded memory. */
    public void each(Filter filter, Consumer<Reviewed> each) {
        long after = 0;
        List<Reviewed> some = queue.after(filter, after);
        while (!some.isEmpty()) {
            some.forEach(each);
            after = some.getLast().seq();
            some = queue.after(filter, after);
        }
    }

    /**
     * A page of the drafts that fit.
     *
     * @param number from 1; beyond the last page is the last
     */
    public DraftList page(Filter filter, int number, int size) {
        return queue.page(filter, number, size);
    }

    /** The id of the draft before or after a place among those that fit. */
    public Optional<String> neighbour(Filter filter, long seq, boolean forward) {
        return queue.neighbour(filter, seq, forward);
    }

    /**
     * The next draft for a reviewer among those that fit: after {@code seq}, else from the start; none that the
     * reviewer has decided or skipped, and none that another is looking at. It is kept for the reviewer for a while.
     */
    public Optional<String> next(Filter filter, String reviewer, long seq) {
        return queue.next(filter, reviewer, seq);
    }

    /** Drafts by category id, of those in the given state or of all. */
    public Map<String, Long> categories(Optional<DraftState> state) {
        return queue.categories(state);
    }

    public ReviewCounts counts() {
        return queue.counts();
    }

    /** Decides, in place of what the same reviewer decided before. Otherwise as {@link #save}. */
    public SaveResult decide(String id, int version, String reviewer, Opinion opinion) {
        return write(id, version, reviewer, List.of(deciding(reviewer, opinion), consistent(reviewer)));
    }

    /**
     * Changes the words, and says and decides what is said and decided: all of it or nothing. Words that are equal to
     * those in the store change nothing. What others decided of the words before no longer counts, until the change is
     * taken back.
     *
     * @param version the version that the reviewer saw
     * @param harmless whether the picture is, by itself
     * @throws InputException if there is no such draft, or the reviewer would accept what contradicts itself: an answer
     *     that is not in the last step, or a picture that the same reviewer finds not to be harmless
     */
    public SaveResult save(
            String id,
            int version,
            String reviewer,
            DraftText wording,
            Optional<Boolean> harmless,
            Optional<Opinion> opinion) {
        List<Step> steps = new ArrayList<>(List.of(revising(reviewer, wording)));
        harmless.ifPresent(word -> steps.add((connection, seen) -> pictureWords.add(connection, seen, reviewer, word)));
        opinion.ifPresent(said -> steps.add(deciding(reviewer, said)));
        steps.add(consistent(reviewer));
        return write(id, version, reviewer, steps);
    }

    private Step revising(String reviewer, DraftText wording) {
        return (connection, seen) -> {
            if (seen.current().wording().equals(wording)) {
                return false;
            }
            DraftBounds.check(wording);
            revisions.add(connection, seen, reviewer, wording, 0);
            decisions.settle(connection, seen.seq());
            return true;
        };
    }

    private Step deciding(String reviewer, Opinion opinion) {
        return (connection, seen) -> {
            DraftBounds.check(opinion);
            decisions.add(connection, seen, reviewer, opinion);
            return true;
        };
    }

    /** Nobody accepts what contradicts itself. */
    private static Step consistent(String reviewer) {
        return (connection, seen) -> {
            Acceptance.check(seen.current(), History.of(connection, seen.seq()), reviewer);
            return false;
        };
    }

    /**
     * Takes back the last thing that this reviewer did to a draft and that still holds: a decision, a word on the
     * picture, or the newest revision if it is theirs. Where there is nothing to take back, nothing changes.
     */
    public SaveResult undo(String id, int version, String reviewer) {
        return write(id, version, reviewer, List.of((connection, seen) -> {
            Optional<Event> last = History.last(History.of(connection, seen.seq()), reviewer);
            switch (last.orElse(new Event.Withdrew(0, reviewer, Instant.EPOCH, 0))) {
                case Event.Revised revised -> {
                    revisions.takeBack(connection, seen, reviewer, revised.number());
                    decisions.settle(connection, seen.seq());
                }
                case Event.Decided decided -> decisions.takeBack(connection, seen, reviewer, decided.number());
                case Event.Looked looked -> pictureWords.takeBack(connection, seen, reviewer, looked.number());
                case Event.Withdrew none -> {
                    return false;
                }
            }
            return true;
        }));
    }

    /** Some events of a draft: taking the version comes first, so that of two writers one is refused. */
    private SaveResult write(String id, int version, String reviewer, List<Step> steps) {
        people.check(reviewer);
        return store.alone(connection -> {
            boolean taken = table.advance(connection, id, version);
            Reviewed now = table.known(connection, id);
            if (!taken) {
                return new SaveResult.Conflict(now);
            }
            people.arrive(connection, reviewer);
            int events = 0;
            for (Step step : steps) {
                if (step.write(connection, now.atVersion(version + events))) {
                    events++;
                    now = table.known(connection, id);
                }
            }
            table.settle(connection, id, version + events);
            return new SaveResult.Saved(table.known(connection, id));
        });
    }

    /** Writes one event; false where there was nothing to write. */
    @FunctionalInterface
    private interface Step {
        boolean write(Connection connection, Reviewed seen) throws SQLException;
    }

    /** The draft that a reviewer last changed or decided, leaving out what was undone. */
    public Optional<String> lastTouched(String reviewer) {
        return people.lastTouched(reviewer);
    }

    /** Everything that people did to a draft, in order. */
    public List<Event> history(String id) {
        return store.read(connection -> {
            Optional<Reviewed> draft = table.current(connection, id);
            return draft.isEmpty()
                    ? List.of()
                    : History.of(connection, draft.get().seq());
        });
    }

    /** Everybody who is known, by name. */
    public List<String> reviewers() {
        return people.names();
    }

    /** What each reviewer did, by name. */
    public List<ReviewerTally> tallies() {
        return people.tallies();
    }

    /** How far each two reviewers agree who decided a common draft. */
    public List<ReviewerAgreement> agreements() {
        return people.agreements();
    }
}
