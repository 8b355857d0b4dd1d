package org.espalier.studio.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.espalier.core.PathTree;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.TreeFile;

/** What stands in a file of trees, read again when the file has changed. Thread-safe. */
final class TreeIndex {
    /** One tree in a list. */
    record Entry(String id, String query, String outcome, int pairs, int branches) {}

    private record Listing(FileTime changed, long size, List<Entry> entries) {}

    private final Path file;
    private final AtomicReference<Optional<Listing>> last = new AtomicReference<>(Optional.empty());

    TreeIndex(Path file) {
        this.file = file;
    }

    List<Entry> entries() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Optional<Listing> known = last.get();
            if (known.isPresent()
                    && known.get().changed().equals(changed)
                    && known.get().size() == size) {
                return known.get().entries();
            }
            List<Entry> entries = new ArrayList<>();
            TreeFile.each(file, tree -> entries.add(entry(tree)));
            last.set(Optional.of(new Listing(changed, size, List.copyOf(entries))));
            return List.copyOf(entries);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static Entry entry(PathTree tree) {
        String reason = tree.outcome().reason();
        return new Entry(
                tree.id(),
                tree.query(),
                tree.outcome().kind().label() + (reason.isEmpty() ? "" : ": " + reason),
                tree.pairs().size(),
                tree.branches().size());
    }

    Optional<PathTree> find(String id) {
        List<PathTree> found = new ArrayList<>();
        TreeFile.each(file, tree -> {
            if (tree.id().equals(id)) {
                found.add(tree);
            }
        });
        return found.stream().findFirst();
    }
}
