package org.espalier.core.work;

import java.util.List;
import java.util.OptionalInt;

/** Has groups worked on and hands over what comes of each, in the order of the groups. */
@FunctionalInterface
public interface GroupRunner {
    /** In this process, one after the other. */
    GroupRunner HERE = (task, first, end, taker) -> {
        if (first >= end) {
            return;
        }
        try (GroupWork work = task.open(OptionalInt.empty())) {
            for (int group = first; group < end; group++) {
                int current = group;
                taker.take(group, work.lines(group, done -> taker.heard(current, done)));
            }
        }
    };

    /** Who gets what comes of groups. */
    @FunctionalInterface
    interface Taker {
        void take(int group, List<String> lines);

        /** Hears how much of a group is done, where that can be known. */
        default void heard(int group, int done) {}
    }

    /**
     * Has groups worked on.
     *
     * @param end the group behind the last one; where it is not above {@code first} nothing is opened
     * @throws RuntimeException what the work threw; what was handed over before stays
     */
    void run(GroupTask task, int first, int end, Taker taker);
}
