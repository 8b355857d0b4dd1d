package org.espalier.bench.set;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Cells are paths of levels parted by {@code /}. */
final class Cells {
    /** Where the data name no category. */
    private static final String NONE = "none";

    private Cells() {}

    /** A level, also where the data leave it blank: such a question counts in whatever is not by category. */
    static String named(String level) {
        return level.isEmpty() ? NONE : level;
    }

    /** The first level of each. */
    static SortedSet<String> heads(Collection<String> cells) {
        SortedSet<String> heads = new TreeSet<>();
        cells.forEach(cell -> heads.add(head(cell)));
        return heads;
    }

    static String head(String cell) {
        int slash = cell.indexOf('/');
        return slash < 0 ? cell : cell.substring(0, slash);
    }

    /** The last level. */
    static String tail(String cell) {
        return cell.substring(cell.lastIndexOf('/') + 1);
    }

    /** Cells of which this is the first level. */
    static Predicate<String> under(String head) {
        return cell -> head(cell).equals(head);
    }
}
