package org.espalier.srpo.group;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * Why a process leaves its group.
 *
 * @param sentence for people; empty where the work is done
 */
record Parting(Kind kind, String sentence) {
    /** What an exit code tells too. */
    enum Kind {
        DONE,
        WRONG_INPUT,
        SURROUNDINGS,
        INTERRUPTED
    }

    /** As long as one message may be. */
    private static final int LONGEST = 4000;

    static final Parting DONE = new Parting(Kind.DONE, "");

    static Parting of(RuntimeException why) {
        String said = why.getMessage() == null ? why.toString() : why.getMessage();
        return switch (why) {
            case InputException _ -> new Parting(Kind.WRONG_INPUT, said);
            case SurroundingsException _ -> new Parting(Kind.SURROUNDINGS, said);
            case CancellationException _ -> new Parting(Kind.INTERRUPTED, "");
            default -> new Parting(Kind.SURROUNDINGS, why.toString());
        };
    }

    static Parting lost(String name, String how) {
        return new Parting(
                Kind.SURROUNDINGS,
                name + " " + how + ", so the others stop too: the same command goes on from the last saved state");
    }

    /** The same, said of another process. */
    Parting of(String name) {
        return kind == Kind.WRONG_INPUT || kind == Kind.SURROUNDINGS ? new Parting(kind, name + ": " + sentence) : this;
    }

    RuntimeException exception() {
        return switch (kind) {
            case WRONG_INPUT -> new InputException(sentence);
            case SURROUNDINGS -> new SurroundingsException(sentence);
            case INTERRUPTED -> new CancellationException();
            case DONE -> new IllegalStateException("a process has left that is still asked for something");
        };
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeUTF(sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence);
    }

    static Parting read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= Kind.values().length) {
            throw new IOException("not a word of this protocol: " + kind);
        }
        return new Parting(Kind.values()[kind], in.readUTF());
    }
}
