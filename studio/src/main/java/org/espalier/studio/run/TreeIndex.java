package org.espalier.studio.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.PathTree;
import org.espalier.core.file.LineIndex;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TreeFile;

/**
 * The trees of an exploration. In memory is what the list shows; a tree is read when it is drawn. The file is looked at
 * with every question, and what was added is read. Thread-safe.
 */
final class TreeIndex {
    /** One tree in a list. */
    record Entry(String id, String query, String outcome, int pairs, int branches) {}

    /** A tree, and the questions that stand before and after it. */
    record Found(PathTree tree, Optional<String> previous, Optional<String> next) {}

    private final Path file;
    private final LineIndex lines;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    TreeIndex(Path file) {
        this.file = file;
        this.lines = new LineIndex(file);
    }

    /**
     * All of them, in the order of the file.
     *
     * @throws org.espalier.core.InputException naming the first line that holds no tree, or one that stands there already
     */
    synchronized List<Entry> entries() {
        refresh();
        return List.copyOf(entries);
    }

    /** The tree of a question. */
    synchronized Optional<Found> find(String id) {
        refresh();
        return Optional.ofNullable(places.get(id))
                .map(place ->
                        new Found(TreeFile.parse(file, place + 1L, lines.line(place)), id(place - 1), id(place + 1)));
    }

    private Optional<String> id(int place) {
        return place >= 0 && place < entries.size()
                ? Optional.of(entries.get(place).id())
                : Optional.empty();
    }

    private void refresh() {
        if (lines.refresh() == LineIndex.Change.REPLACED) {
            entries.clear();
            places.clear();
        }
        if (entries.size() < lines.size()) {
            try (LineIndex.Walk walk = lines.from(entries.size())) {
                while (entries.size() < lines.size()) {
                    enter(TreeFile.parse(file, entries.size() + 1L, walk.next()));
                }
            }
        }
    }

    private void enter(PathTree tree) {
        Integer first = places.putIfAbsent(tree.id(), entries.size());
        if (first != null) {
            Problems problems = new Problems(file);
            problems.add(entries.size() + 1L, "id", "\"" + tree.id() + "\" stands in line " + (first + 1) + " already");
            problems.throwIfAny();
        }
        String reason = tree.outcome().reason();
        entries.add(new Entry(
                tree.id(),
                tree.query(),
                tree.outcome().kind().label() + (reason.isEmpty() ? "" : ": " + reason),
                tree.pairs().size(),
                tree.branches().size()));
    }
}
