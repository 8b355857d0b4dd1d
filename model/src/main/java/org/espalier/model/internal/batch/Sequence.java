package org.espalier.model.internal.batch;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.core.Continuation.End;

/** A continuation of a prompt while it is generated. */
public final class Sequence {
    /** Looks at tokens as they come and says when to stop. */
    @FunctionalInterface
    public interface Watch {
        /** Never. */
        Watch NOTHING = token -> false;

        /** Whether a stop text is complete with this token. */
        boolean stops(int token);
    }

    private final int prompt;
    private final SharedPrompt.Start start;
    private final int most;
    private final Watch watch;
    private int[] ids = new int[32];
    private double[] logprobs = new double[32];
    private int length;
    private Optional<End> end = Optional.empty();

    /** @param most tokens it may get */
    Sequence(int prompt, SharedPrompt.Start start, int most, Watch watch) {
        this.prompt = prompt;
        this.start = start;
        this.most = most;
        this.watch = watch;
    }

    int prompt() {
        return prompt;
    }

    int cut() {
        return start.cut();
    }

    /** The number that chooses its next token. */
    long number() {
        return start.seed().uniform(length);
    }

    void append(int id, double logprob, boolean isEnd) {
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

    /** Ends it where it stands: nobody wants the rest. */
    void leave() {
        end = Optional.of(end.orElse(End.LENGTH));
    }

    Optional<End> end() {
        return end;
    }

    boolean ended() {
        return end.isPresent();
    }

    /** Tokens it has. */
    int length() {
        return length;
    }

    /** Tokens it may still get. */
    int room() {
        return most - length;
    }

    int last() {
        return ids[length - 1];
    }

    /** The tokens before its next one: the prompt, its part of the stem, what it has. */
    int[] before(SharedPrompt of) {
        int prompt = of.ids().length;
        int[] all = Arrays.copyOf(of.ids(), prompt + cut() + length);
        System.arraycopy(of.stem(), 0, all, prompt, cut());
        System.arraycopy(ids, 0, all, prompt + cut(), length);
        return all;
    }

    GeneratedTokens generated() {
        return new GeneratedTokens(Arrays.copyOf(ids, length), Arrays.copyOf(logprobs, length), end.orElse(End.LENGTH));
    }
}
