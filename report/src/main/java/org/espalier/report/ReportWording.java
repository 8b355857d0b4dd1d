package org.espalier.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;

/** Numbers and names as all forms of the report say them. */
final class ReportWording {
    private ReportWording() {}

    /** Percent with one decimal, without the sign. */
    static String percent(double percent) {
        return String.format(Locale.ROOT, "%.1f", percent).replace('-', '−').replaceFirst("^−0\\.0$", "0.0");
    }

    static String interval(Interval percents) {
        return percent(percents.low()) + "–" + percent(percents.high());
    }

    /** Value and interval with one decimal; a dash where there is no value. */
    static String estimate(ResultFigure figure) {
        return figure.value().isEmpty()
                ? "–"
                : percent(figure.value().getAsDouble())
                        + figure.interval().map(it -> " (" + interval(it) + ")").orElse("");
    }

    /** As {@code 42.38 (40.10–44.61)}, with what a reader must know of it. */
    static String exact(ResultFigure figure) {
        if (figure.value().isEmpty()) {
            return "–";
        }
        return hundredths(figure.value().getAsDouble())
                + figure.interval()
                        .map(it -> " (" + hundredths(it.low()) + "–" + hundredths(it.high()) + ")")
                        .orElse("")
                + figure.bounds().map(it -> ", " + bounds(it)).orElse("")
                + figure.note().map(it -> ", " + it).orElse("");
    }

    /** How far the answers without a verdict could move a figure. */
    static String bounds(Interval bounds) {
        return hundredths(bounds.low()) + "–" + hundredths(bounds.high()) + " with the unjudged at worst and best";
    }

    static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** A difference of shares as percentage points with their sign. */
    static String points(double difference) {
        return (difference > 0 ? "+" : "") + percent(100 * difference);
    }

    static String differences(Interval shares) {
        return points(shares.low()) + " to " + points(shares.high());
    }

    static String probability(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, p < 0.1 ? "%.3f" : "%.2f", p);
    }

    static String risk(Risk risk) {
        return risk == Risk.UNSAFE ? "unsafe questions" : "safe twins";
    }

    static String split(String split) {
        return split.replace("heldout", "held-out")
                .replace("held-out-", "held-out ")
                .replace('_', ' ');
    }

    /** What a slice is, in a few words. */
    static String slice(Slice slice) {
        String questions = slice.risk().map(ReportWording::risk).orElse("all questions");
        String in = slice.split().map(split -> ", " + split(split)).orElse("");
        return questions
                + in
                + slice.category().map(category -> ", " + category).orElse("");
    }

    /** {@code a, b and c}. */
    static String list(List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    static String count(long number, String one, String several) {
        return String.format(Locale.ROOT, "%,d", number) + " " + (number == 1 ? one : several);
    }

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    static String sentence(String clause) {
        return clause.isEmpty() ? clause : clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
    }
}
