package org.espalier.app.console;

import java.time.Duration;

/** Writes a length of time as a person would say it. */
public final class Durations {
    private Durations() {}

    /** As "0.4 s", "12 s", "3 min 5 s", "2 h 14 min". */
    public static String text(Duration duration) {
        long seconds = (duration.toMillis() + 500) / 1000;
        if (seconds < 10) {
            return Math.round(duration.toMillis() / 100.0) / 10.0 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
