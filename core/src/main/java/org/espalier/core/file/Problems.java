package org.espalier.core.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;

/** Everything that is wrong with one file, told together. */
public final class Problems {
    /** How many are spelt out; the rest are counted. */
    static final int SHOWN = 20;

    private final Path file;
    private final int most;
    private final List<String> shown = new ArrayList<>();
    private int count;

    public Problems(Path file) {
        this(file, SHOWN);
    }

    /** @param most how many are spelt out */
    public Problems(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    /** Notes a problem of a whole line. */
    public void add(long line, String what) {
        note("line " + line + ": " + what);
    }

    /** Notes a problem of one field. */
    public void add(long line, String field, String what) {
        note("line " + line + ", field \"" + field + "\": " + what);
    }

    private void note(String problem) {
        count++;
        if (shown.size() < most) {
            shown.add(problem);
        }
    }

    public int count() {
        return count;
    }

    /** Those that are spelt out, each with its line. */
    public List<String> shown() {
        return List.copyOf(shown);
    }

    /** Throws if anything was noted. */
    public void throwIfAny() {
        if (count == 0) {
            return;
        }
        if (count == 1) {
            throw new InputException(file + ", " + shown.getFirst());
        }
        StringBuilder text = new StringBuilder(file + " has " + count + " problems:");
        shown.forEach(problem -> text.append("\n  ").append(problem));
        if (count > shown.size()) {
            text.append("\n  and ").append(count - shown.size()).append(" more");
        }
        throw new InputException(text.toString());
    }
}
