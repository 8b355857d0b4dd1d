package org.espalier.greenhouse.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.greenhouse.Dice;

/**
 * What goes wrong, and how often. Whether a request meets a fault depends on the seed, the request and how often it came
 * before, so that asking again may go well and a repeated run meets the same faults.
 *
 * @param rate share of requests, from 0 to 1
 * @param kinds each equally likely
 */
public record Faults(double rate, List<Kind> kinds, long seed) {
    /** None. */
    public static final Faults NONE = new Faults(0, List.of(), 0);

    /** The ways in which a server fails. */
    public enum Kind {
        /** 429 with {@code Retry-After: 1}. */
        BUSY("429"),
        /** 500. */
        ERROR("500"),
        /** The connection ends without an answer. */
        DROP("drop"),
        /** 200 with half a body. */
        TORN("torn"),
        /** An answer that is no JSON. */
        MALFORMED("malformed"),
        /** An answer that was cut off, and says so. */
        TRUNCATED("truncated");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As the command line and the log name it. */
        public String label() {
            return label;
        }
    }

    public Faults {
        kinds = List.copyOf(kinds);
        if (!(rate >= 0 && rate <= 1)) {
            throw new InputException("a rate of faults is between 0 and 1, not " + rate);
        }
    }

    /** From words such as {@code 0.2} or {@code 0.2:429,drop}. */
    public static Faults of(String words, long seed) {
        String[] parts = words.split(":", 2);
        double rate;
        try {
            rate = Double.parseDouble(parts[0].strip());
        } catch (NumberFormatException e) {
            throw new InputException("\"" + words + "\" is no rate of faults: write 0.2, or 0.2:429,drop", e);
        }
        List<Kind> kinds = parts.length == 1
                ? List.of(Kind.values())
                : Arrays.stream(parts[1].split(","))
                        .map(word -> kind(word.strip().toLowerCase(Locale.ROOT)))
                        .toList();
        return new Faults(rate, kinds, seed);
    }

    private static Kind kind(String label) {
        for (Kind kind : Kind.values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new InputException("\"" + label + "\" is no kind of fault: "
                + String.join(
                        ", ", Arrays.stream(Kind.values()).map(Kind::label).toList()) + " are known");
    }

    /** What befalls a request that came {@code before} times before. */
    Optional<Kind> at(String key, int before) {
        if (rate == 0 || kinds.isEmpty()) {
            return Optional.empty();
        }
        Dice dice = Dice.of(seed, "fault " + key, before);
        return dice.chance(rate) ? Optional.of(dice.pick(kinds)) : Optional.empty();
    }
}
