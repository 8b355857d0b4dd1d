package org.espalier.ssui.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.Seed;

/**
 * Parts of a dataset and how much of it each should hold. Where a group of pictures goes depends on its own name and the
 * seed alone, so that a group stays in its split when the dataset grows; shares are met on average.
 */
public record Splits(List<Split> all, long seed) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** One part. {@code share} is from 0 to 1. */
    public record Split(String name, double share) {}

    public Splits {
        all = List.copyOf(all);
    }

    /** Reads {@code train=0.9,test=0.1}; shares are parts of their sum. */
    public static Splits of(String words, long seed) {
        List<Split> splits = new ArrayList<>();
        double sum = 0;
        for (String word : words.split(",", -1)) {
            int equals = word.indexOf('=');
            String name = (equals < 0 ? word : word.substring(0, equals)).strip();
            double share =
                    equals < 0 ? 1 : share(words, word.substring(equals + 1).strip());
            if (!NAME.matcher(name).matches()
                    || splits.stream().anyMatch(split -> split.name().equals(name))) {
                throw new InputException("'" + words + "': \"" + name
                        + "\" is no name of a split of its own: write for example train=0.9,test=0.1");
            }
            splits.add(new Split(name, share));
            sum += share;
        }
        double whole = sum;
        return new Splits(
                splits.stream()
                        .map(split -> new Split(split.name(), split.share() / whole))
                        .toList(),
                seed);
    }

    private static double share(String words, String number) {
        try {
            double share = Double.parseDouble(number);
            if (share > 0 && share < Double.POSITIVE_INFINITY) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + words + "': '" + number + "' is no number", e);
        }
        throw new InputException("'" + words + "': a share is a number above 0");
    }

    /** The split of the group that this hash of one of its pictures names. */
    String of(String group) {
        double place = Seed.of(seed, "splits").and(group).fraction();
        double from = 0;
        for (Split split : all) {
            from += split.share();
            if (place < from) {
                return split.name();
            }
        }
        return all.getLast().name();
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                all.stream()
                        .map(split -> split.name() + " " + String.format(Locale.ROOT, "%.1f %%", 100 * split.share()))
                        .toList());
    }
}
