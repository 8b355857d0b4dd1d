package org.espalier.model.generate;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.core.Continuation.End;

/** A continuation while it is written. */
final class Row {
    /** Looks at tokens as they come and says when it is enough. */
    @FunctionalInterface
    interface Watch {
        /** Never enough. */
        Watch NOTHING = token -> false;

        /** Whether a stop text is complete with this token. */
        boolean stops(int token);
    }

    private final int group;
    private final Group.Start start;
    private final int most;
    private final Watch watch;
    private int[] ids = new int[32];
    private double[] logprobs = new double[32];
    private int length;
    private Optional<End> end = Optional.empty();

    /** @param most tokens it may write */
    Row(int group, Group.Start start, int most, Watch watch) {
        this.group = group;
        this.start = start;
        this.most = most;
        this.watch = watch;
    }

    int group() {
        return group;
    }

    int cut() {
        return start.cut();
    }

    /** The number that chooses its next token. */
    long number() {
        return TokenNumbers.at(start.stream(), length);
    }

    void write(int id, double logprob, boolean isEnd) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
            logprobs = Arrays.copyOf(logprobs, 2 * length);
        }
        ids[length] = id;
        logprobs[length++] = logprob;
        if (isEnd) {
            end = Optional.of(End.FINISHED);
        } else if (watch.stops(id)) {
            end = Optional.of(End.STOPPED);
        } else if (length >= most) {
            end = Optional.of(End.LENGTH);
        }
    }

    boolean ended() {
        return end.isPresent();
    }

    /** Tokens it has written. */
    int length() {
        return length;
    }

    /** Tokens it may still write. */
    int room() {
        return most - length;
    }

    int last() {
        return ids[length - 1];
    }

    /** The tokens before its next one: the prompt, its part of the stem, what it has written. */
    int[] before(Group of) {
        int prompt = of.prompt().length;
        int[] all = Arrays.copyOf(of.prompt(), prompt + cut() + length);
        System.arraycopy(of.stem(), 0, all, prompt, cut());
        System.arraycopy(ids, 0, all, prompt + cut(), length);
        return all;
    }

    Written written() {
        return new Written(Arrays.copyOf(ids, length), Arrays.copyOf(logprobs, length), end.orElse(End.LENGTH));
    }
}
