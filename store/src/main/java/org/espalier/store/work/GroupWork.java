package org.espalier.store.work;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one group has in hand in this process: items held and not yet begun, items in work, items whose end is being
 * committed. Guarded by itself.
 */
final class GroupWork {
    /** Items claimed in one transaction, so that writers beside it do not wait long. */
    private static final int LARGEST_CLAIM = 512;

    private final StageGroup group;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final PriorityQueue<Claimed> held = new PriorityQueue<>();
    private final int ahead;
    private int reserved;
    private int working;
    private int ending;

    GroupWork(StageGroup group) {
        this.group = group;
        this.ahead = (group.concurrency() + 7) / 8;
        for (Stage stage : group.stages()) {
            ranks.put(stage.name(), ranks.size());
        }
    }

    List<Stage> stages() {
        return group.stages();
    }

    @Nullable
    Integer rank(String stage) {
        return ranks.get(stage);
    }

    Stage stage(Claimed claimed) {
        return group.stages().get(claimed.rank());
    }

    /**
     * How many items are worth claiming now: those that could begin, and a few that wait for the next free places, so
     * that no place is free while a claim is under way.
     */
    synchronized int room() {
        int free = group.concurrency() - working - held.size() - reserved;
        int wanted = Math.min(free + ahead, LARGEST_CLAIM);
        return free > 0 || wanted > ahead / 2 ? Math.max(wanted, 0) : 0;
    }

    /** Keeps a place for an item that follows one of ours; false if there are enough. */
    synchronized boolean reserve() {
        if (held.size() + reserved >= group.concurrency()) {
            return false;
        }
        reserved++;
        return true;
    }

    /** Gives back a place kept with {@link #reserve}. */
    synchronized void unreserve() {
        reserved--;
    }

    synchronized void hold(List<Claimed> claimed) {
        held.addAll(claimed);
    }

    /** Takes the items that may begin. */
    synchronized List<Claimed> begin() {
        List<Claimed> begun = new ArrayList<>();
        while (working < group.concurrency() && working + ending < group.concurrency() + ahead && !held.isEmpty()) {
            begun.add(held.remove());
            working++;
        }
        return begun;
    }

    /** A handler has returned: its place is free, its end not yet committed. */
    synchronized void worked() {
        working--;
        ending++;
    }

    /** An end is committed. */
    synchronized void ended() {
        ending--;
    }

    synchronized boolean idle() {
        return held.isEmpty() && reserved == 0 && working == 0 && ending == 0;
    }

    /** Whether a handler runs or an end is being committed. */
    synchronized boolean busy() {
        return working + ending + reserved > 0;
    }

    /** Forgets what was not begun; the table still says that it is held. */
    synchronized void drop() {
        held.clear();
    }
}
