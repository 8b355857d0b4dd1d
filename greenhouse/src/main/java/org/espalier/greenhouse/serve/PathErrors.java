package org.espalier.greenhouse.serve;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.greenhouse.Dice;

/**
 * How often the played judges of RSBench's paths err in each way. Whether they do depends on the seed and on what they are
 * asked alone.
 *
 * @param rates from 0 to 1; a kind that is not named never happens
 */
public record PathErrors(SortedMap<Kind, Double> rates, long seed) {
    /** None. */
    public static final PathErrors NONE = new PathErrors(new TreeMap<>(), 0);

    /** Ways to err; the first four as they are called where judges are measured. */
    public enum Kind implements Labelled {
        DANGER_MISSED,
        DANGER_INVENTED,
        USE_MISSED,
        USE_INVENTED,
        /** Another step than the first wrong one is named, of a path that is called wrong. */
        STEP_MISNAMED;
    }

    public PathErrors {
        rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
        rates.forEach((kind, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new InputException(
                        "a rate of errors is between 0 and 1, and that of " + kind.label() + " is " + rate);
            }
        });
    }

    /** From words such as {@code danger-missed=0.2,use-invented=0.1}; empty for none. */
    public static PathErrors of(String words, long seed) {
        SortedMap<Kind, Double> rates = new TreeMap<>();
        for (String part : words.split(",")) {
            if (!part.isBlank()) {
                String[] said = part.strip().split("=", 2);
                rates.put(kind(said[0].strip(), part), rate(said, part));
            }
        }
        return new PathErrors(rates, seed);
    }

    private static Kind kind(String name, String part) {
        return Labelled.find(Kind.class, name)
                .orElseThrow(
                        () -> new InputException("'" + part.strip() + "' is no error of a judge: write KIND=RATE, with "
                                + String.join(", ", Labelled.labels(Kind.class))));
    }

    private static double rate(String[] said, String part) {
        try {
            return Double.parseDouble(said.length < 2 ? "" : said[1].strip());
        } catch (NumberFormatException e) {
            throw new InputException(
                    "'" + part.strip() + "' says no rate: write KIND=RATE, such as danger-missed=0.2", e);
        }
    }

    /** Whether an error happens. */
    boolean happens(Kind kind, String what) {
        double rate = rates.getOrDefault(kind, 0.0);
        return rate > 0 && Dice.of(seed, kind.label() + " " + what).chance(rate);
    }

    /** The step that is named: the right one, else the next. */
    int named(int right, int steps, String what) {
        return steps > 1 && happens(Kind.STEP_MISNAMED, what) ? right % steps + 1 : right;
    }
}
