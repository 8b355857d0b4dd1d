package org.espalier.core.work;

import java.util.List;
import java.util.function.IntConsumer;

/** Work on one group of the data after the other, with all that it needs open; not for several threads at once. */
@FunctionalInterface
public interface GroupWork extends AutoCloseable {
    /**
     * What comes of a group, as lines of a file; the same wherever and however often it is done.
     *
     * @param group counted from 0 in the order of the data
     * @param heard told from time to time how much of the group is done, in whatever is counted
     */
    List<String> lines(int group, IntConsumer heard);

    /** Lets go of what it has open. */
    @Override
    default void close() {}
}
