package org.espalier.store.work;

/** What the table keeps of an outcome. */
record Ending(State state, int attempt, long afterMillis, String reason) {
    /** The ending that {@code outcome} means for an item of {@code stage}. */
    static Ending of(Outcome outcome, Item item, Stage stage) {
        return switch (outcome) {
            case Outcome.Done done -> new Ending(State.DONE, item.attempt(), 0, "");
            case Outcome.Dead dead -> new Ending(State.DEAD, item.attempt(), 0, dead.reason());
            case Outcome.Later later
            when item.attempt() >= stage.attempts() ->
                new Ending(
                        State.DEAD,
                        item.attempt(),
                        0,
                        "Given up after " + item.attempt() + " attempts: " + later.reason());
            case Outcome.Later later ->
                new Ending(
                        State.WAITING,
                        item.attempt() + 1,
                        Math.max(0, later.after().toMillis()),
                        later.reason());
        };
    }

    /** Back as it was. */
    static Ending undone(Item item) {
        return new Ending(State.WAITING, item.attempt(), 0, item.reason());
    }
}
