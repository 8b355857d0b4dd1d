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
    /** By stage. */
    private final List<PriorityQueue<Claimed>> held = new ArrayList<>();

    private final int ahead;
    private Order order = Order.LATEST_STAGE_FIRST;
    private int reserved;
    private int working;
    private int ending;

    GroupWork(StageGroup group) {
        this.group = group;
        this.ahead = (group.concurrency() + 7) / 8;
        for (Stage stage : group.stages()) {
            ranks.put(stage.name(), ranks.size());
            held.add(new PriorityQueue<>());
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
     * What goes first. What was begun is ended first, until few items of the first stage are left; those are then begun,
     * whatever waits behind them, and from there on all come to their ends together: no place is empty while the last
     * ones go through their stages one after another.
     */
    enum Order {
        LATEST_STAGE_FIRST,
        LAST_OF_FIRST_STAGE,
        EARLIEST_STAGE_FIRST
    }

    synchronized Order order() {
        return order;
    }

    /** Says how many items of the first stage may be claimed, counted no further than {@link #few}. */
    synchronized void left(int count) {
        if (order == Order.LATEST_STAGE_FIRST && count < few()) {
            order = Order.LAST_OF_FIRST_STAGE;
        }
        if (order == Order.LAST_OF_FIRST_STAGE && count == 0) {
            order = Order.EARLIEST_STAGE_FIRST;
        }
    }

    /** So few items fill the group's places for as long as the last one goes from stage to stage. */
    int few() {
        return group.stages().size() * group.concurrency();
    }

    /**
     * How many items are worth claiming now: those that could begin, and a few that wait for the next free places, so
     * that no place is free while a claim is under way.
     */
    synchronized int room() {
        int waiting = order == Order.LAST_OF_FIRST_STAGE ? held.getFirst().size() : held() + reserved;
        int free = group.concurrency() - working - waiting;
        int wanted = Math.min(free + ahead, LARGEST_CLAIM);
        return free > 0 || wanted > ahead / 2 ? Math.max(wanted, 0) : 0;
    }

    /** Keeps a place for an item that follows one of ours; false if there are enough. */
    synchronized boolean reserve() {
        if (held() + reserved >= group.concurrency()) {
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
        claimed.forEach(one -> held.get(one.rank()).add(one));
    }

    /** Takes the items that may begin. */
    synchronized List<Claimed> begin() {
        List<Claimed> begun = new ArrayList<>();
        while (working < group.concurrency() && working + ending < group.concurrency() + ahead && held() > 0) {
            begun.add(next());
            working++;
        }
        return begun;
    }

    private Claimed next() {
        return (order == Order.LATEST_STAGE_FIRST ? held.reversed() : held)
                .stream()
                        .filter(stage -> !stage.isEmpty())
                        .findFirst()
                        .orElseThrow()
                        .remove();
    }

    private int held() {
        return held.stream().mapToInt(PriorityQueue::size).sum();
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
        return held() == 0 && reserved == 0 && working == 0 && ending == 0;
    }

    /** Whether a handler runs or an end is being committed. */
    synchronized boolean busy() {
        return working + ending + reserved > 0;
    }

    /** Forgets what was not begun; the table still says that it is held. */
    synchronized void drop() {
        held.forEach(PriorityQueue::clear);
    }
}
