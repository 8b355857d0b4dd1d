package org.espalier.store.work;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.store.Store;
import org.jspecify.annotations.Nullable;

/** One run of a crew as the store sees it: claims, ends, signs of life, takeovers. */
final class Shift {
    private final Store store;
    private final List<GroupWork> groups;
    private final CrewSettings settings;
    private final WorkTable table;
    private final WorkerTable workers;
    private final Owner owner = Owner.here();
    /** Stages in which a claim found too little, and when to look again (nano time). */
    private final Map<String, Long> dry = new ConcurrentHashMap<>();

    private long signed;

    Shift(Store store, String queue, List<GroupWork> groups, CrewSettings settings) {
        this.store = store;
        this.groups = groups;
        this.settings = settings;
        this.table = new WorkTable(queue, store.postgres(), store.now());
        this.workers = new WorkerTable(queue, store.now());
    }

    /** Takes its place beside the other crews, and takes over from dead ones. */
    void begin() {
        signed = System.nanoTime();
        store.write(this::signAndTakeOver);
    }

    /** A sign of life, and a look for those who give none, when it is time. */
    void sign() {
        long now = System.nanoTime();
        if (now - signed > settings.lease().toNanos() / 3) {
            signed = now;
            if (store.write(this::signAndTakeOver) > 0) {
                dry.clear();
            }
        }
    }

    private int signAndTakeOver(Connection connection) throws SQLException {
        workers.sign(connection, owner, settings.lease());
        int taken = 0;
        for (String lost : lost(connection)) {
            workers.leave(connection, lost);
            taken += table.release(connection, lost);
        }
        return taken;
    }

    /**
     * Who is thought dead, and who was before: one that only paused may have claimed once more before its next sign of
     * life, and been killed then. A crew signs before its first claim, so no other lacks a place.
     */
    private Set<String> lost(Connection connection) throws SQLException {
        Set<String> lost = new LinkedHashSet<>(workers.lost(connection, owner));
        for (GroupWork group : groups) {
            for (Stage stage : group.stages()) {
                lost.addAll(table.strangers(connection, stage.name()));
            }
        }
        return lost;
    }

    /** Claims what {@code group} has room for; false if more may be had at once. */
    boolean claim(GroupWork group) {
        int room = group.room();
        List<Stage> promising = promising(group);
        if (room == 0 || promising.isEmpty()) {
            return true;
        }
        List<Claimed> claimed = store.write(connection -> {
            List<Claimed> all = new ArrayList<>();
            if (group.order() != GroupWork.Order.EARLIEST_STAGE_FIRST) {
                String first = group.stages().getFirst().name();
                group.left(table.waiting(connection, first, group.few()));
            }
            boolean latest = group.order() == GroupWork.Order.LATEST_STAGE_FIRST;
            for (Stage stage : latest ? promising.reversed() : promising) {
                int rank = group.stages().indexOf(stage);
                int wanted = room - all.size();
                if (wanted > 0) {
                    List<Claimed> found = table.claim(connection, stage.name(), rank, wanted, owner.id());
                    all.addAll(found);
                    if (found.size() < wanted) {
                        dry.put(
                                stage.name(),
                                System.nanoTime() + settings.poll().toNanos());
                    }
                }
            }
            return all;
        });
        group.hold(claimed);
        return claimed.size() < room;
    }

    private List<Stage> promising(GroupWork group) {
        long now = System.nanoTime();
        return group.stages().stream()
                .filter(stage -> now - dry.getOrDefault(stage.name(), now) >= 0)
                .toList();
    }

    /** Whether an item of the crew's stages waits or is in work anywhere. */
    boolean open() {
        return store.read(connection -> {
            for (GroupWork group : groups) {
                for (Stage stage : group.stages()) {
                    if (table.open(connection, stage.name())) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    /** Commits the end of {@code claimed}; no outcome puts it back as it was. */
    void end(GroupWork group, Claimed claimed, @Nullable Outcome outcome) {
        if (outcome == null) {
            store.write(connection -> table.end(connection, claimed, Ending.undone(claimed.item()), owner.id()));
            return;
        }
        Ending ending = Ending.of(outcome, claimed.item(), group.stage(claimed));
        List<NewItem> next = outcome instanceof Outcome.Done done ? done.next() : List.of();
        List<Following> following = next.stream().map(this::following).toList();
        try {
            boolean ours = store.write(connection -> {
                if (!table.end(connection, claimed, ending, owner.id())) {
                    return false;
                }
                outcome.rows().write(connection);
                for (Following item : following) {
                    item.add(connection);
                }
                return true;
            });
            if (ours) {
                following.forEach(Following::hold);
            }
        } finally {
            following.forEach(Following::release);
        }
    }

    private Following following(NewItem item) {
        for (GroupWork group : groups) {
            Integer rank = group.rank(item.stage());
            if (rank != null) {
                return new Following(item, group, rank, group.reserve());
            }
        }
        return new Following(item, null, 0, false);
    }

    /** Puts back what is held and leaves. */
    void over() {
        store.write(connection -> {
            table.release(connection, owner.id());
            workers.leave(connection, owner.id());
            return true;
        });
    }

    /** An item that follows a finished one: goes on in this process where there is a place for it. */
    private final class Following {
        private final NewItem item;
        private final @Nullable GroupWork group;
        private final int rank;
        private final boolean reserved;
        private OptionalLong seq = OptionalLong.empty();

        Following(NewItem item, @Nullable GroupWork group, int rank, boolean reserved) {
            this.item = item;
            this.group = group;
            this.rank = rank;
            this.reserved = reserved;
        }

        void add(Connection connection) throws SQLException {
            if (reserved) {
                seq = table.addHeld(connection, item, owner.id());
            } else {
                table.add(connection, List.of(item));
                dry.remove(item.stage());
            }
        }

        void hold() {
            if (group != null && seq.isPresent()) {
                Item held = new Item(table.queue(), item.stage(), item.id(), item.payload(), 1, "");
                group.hold(List.of(new Claimed(seq.getAsLong(), rank, held)));
            }
        }

        void release() {
            if (group != null && reserved) {
                group.unreserve();
            }
        }
    }
}
