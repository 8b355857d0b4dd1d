package org.espalier.report.study;

import java.util.OptionalDouble;

/** A share of judged paths, in percent. */
public enum StudyRate {
    SER("SER"),
    SR("SR"),
    ER("ER"),
    /** SER among the paths whose first step is right. */
    SER_SEEN("SER given a right first step");

    private final String title;

    StudyRate(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Empty where there is no path to take it of. */
    public OptionalDouble of(PathCounts counts) {
        long among = this == SER_SEEN ? counts.rightFirstStep() : counts.judged();
        if (among == 0) {
            return OptionalDouble.empty();
        }
        long these = switch (this) {
            case SER, SER_SEEN -> counts.both();
            case SR -> counts.safe();
            case ER -> counts.effective();
        };
        return OptionalDouble.of(100.0 * these / among);
    }
}
