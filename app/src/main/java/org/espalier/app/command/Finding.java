package org.espalier.app.command;

/**
 * What {@code doctor} found out about one thing.
 *
 * @param text the fact, and what to do where it is not well
 */
record Finding(State state, String name, String text) {
    /** How it stands. */
    enum State {
        OK("ok"),
        /** It works, and could work better. */
        HINT("hint"),
        BAD("BAD");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    static Finding ok(String name, String text) {
        return new Finding(State.OK, name, text);
    }

    static Finding hint(String name, String text) {
        return new Finding(State.HINT, name, text);
    }

    static Finding bad(String name, String text) {
        return new Finding(State.BAD, name, text);
    }

    String line() {
        return String.format("  %-5s %-10s %s", state.word, name, text);
    }
}
