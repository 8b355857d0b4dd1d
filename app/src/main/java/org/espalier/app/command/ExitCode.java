package org.espalier.app.command;

/** What a command tells the program that called it. */
public enum ExitCode {
    /** It did what was asked. */
    DONE(0),
    /** It ran, and the answer is no: a comparison differs, a check fails, a build has dead letters and no draft. */
    NO(1),
    /** Wrong use, or bad input. */
    WRONG_USE(2),
    /** The surroundings failed: disk, memory, device, endpoint. */
    SURROUNDINGS(3),
    /** A fault of Espalier. */
    FAULT(70),
    /** Somebody stopped it. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
