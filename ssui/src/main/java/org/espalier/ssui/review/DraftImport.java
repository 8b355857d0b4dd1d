package org.espalier.ssui.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Problems;
import org.espalier.core.file.SsuiFile;
import org.espalier.store.Store;
import tools.jackson.databind.node.ObjectNode;

/** Takes the samples of a file as drafts. Those that the store has already, by id, stay as they are there. */
public final class DraftImport {
    /** What came of it. */
    public record Outcome(int read, int added) {}

    private static final int PORTION = 1000;
    private static final Set<String> OWN =
            Set.of("id", "image", "query", "steps", "answer", "risk", "category", "tag", "provenance");

    private final Store store;
    private final Drafts drafts;
    private final Progress progress;
    private final List<Draft> portion = new ArrayList<>();
    private CompletableFuture<Integer> writing = CompletableFuture.completedFuture(0);
    private int read;
    private int added;

    private DraftImport(Store store, Progress progress) {
        this.store = store;
        this.drafts = new Drafts(store);
        this.progress = progress;
    }

    /**
     * Imports.
     *
     * @param file {@code ssui.jsonl}, its pictures below its folder
     * @param store opened with {@link Drafts#MIGRATIONS}
     * @throws InputException naming what is wrong with the file; the sound samples are in the store by then, and the
     *     same import continues once the others are corrected
     */
    public static Outcome read(Path file, Store store, Progress progress) {
        DraftImport run = new DraftImport(store, progress);
        Problems problems = new Problems(file);
        try {
            SsuiFile.each(file, problems, run::take);
            run.flush();
        } finally {
            run.settle();
        }
        problems.throwIfAny();
        requireSome(file, run.read);
        return new Outcome(run.read, run.added);
    }

    /**
     * Reads a file as {@link #read} does, and imports nothing.
     *
     * @throws InputException naming what is wrong with the file
     */
    public static void check(Path file) {
        Problems problems = new Problems(file);
        AtomicInteger samples = new AtomicInteger();
        SsuiFile.each(file, problems, (line, sample) -> {
            DraftBounds.check(draft(sample), line::wrong);
            samples.incrementAndGet();
        });
        problems.throwIfAny();
        requireSome(file, samples.get());
    }

    private static void requireSome(Path file, int samples) {
        if (samples == 0) {
            throw new InputException(file + " holds no sample");
        }
    }

    /** What this version does not know is kept in the tag. */
    private static Draft draft(SsuiSample sample) {
        ObjectNode fields = sample.fields();
        Draft draft = Draft.of(fields);
        fields.properties().stream()
                .filter(field -> !OWN.contains(field.getKey()))
                .forEach(field -> draft.tag().set(field.getKey(), field.getValue()));
        return draft;
    }

    private void take(Fields line, SsuiSample sample) {
        Draft draft = draft(sample);
        DraftBounds.check(draft, line::wrong);
        if (!line.sound()) {
            return;
        }
        read++;
        portion.add(draft);
        if (portion.size() == PORTION) {
            flush();
        }
    }

    /** A portion is written while the next is read. */
    private void flush() {
        settle();
        progress.at("importing drafts", read, 0, "");
        List<Draft> filled = List.copyOf(portion);
        portion.clear();
        writing = CompletableFuture.supplyAsync(
                () -> store.write(connection -> drafts.putAll(connection, filled)), Thread::startVirtualThread);
    }

    private void settle() {
        CompletableFuture<Integer> last = writing;
        writing = CompletableFuture.completedFuture(0);
        try {
            added += last.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
