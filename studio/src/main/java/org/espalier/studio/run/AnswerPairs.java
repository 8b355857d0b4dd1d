package org.espalier.studio.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.report.answer.ShownAnswer;

/**
 * The answers of two runs to the same questions, in the order of the first. Made anew when one of the two has changed; in
 * memory are places, labels and standings, no texts. Thread-safe.
 */
final class AnswerPairs {
    /** An answer with at least so much merit is right. */
    private static final double RIGHT = 0.5;

    /** How two answers stand to each other. */
    enum Standing {
        DIFFERENT("differ", "verdicts differ"),
        FIRST("first", "A right, B wrong"),
        SECOND("second", "A wrong, B right"),
        BOTH("both", "both right"),
        NEITHER("neither", "both wrong");

        private final String field;
        private final String title;

        Standing(String field, String title) {
            this.field = field;
            this.title = title;
        }

        /** In addresses. */
        String field() {
            return field;
        }

        String title() {
            return title;
        }
    }

    /**
     * Two answers to one question.
     *
     * @param first its place in the one run, as {@code second} in the other
     * @param ones the verdict on the first, as {@code others} that on the second
     */
    record Pair(
            int first,
            int second,
            String cell,
            String ones,
            String others,
            OptionalDouble firstMerit,
            OptionalDouble secondMerit) {
        boolean stands(Standing standing) {
            if (standing == Standing.DIFFERENT) {
                return !ones.equals(others);
            }
            if (firstMerit.isEmpty() || secondMerit.isEmpty()) {
                return false;
            }
            boolean one = firstMerit.getAsDouble() >= RIGHT;
            boolean other = secondMerit.getAsDouble() >= RIGHT;
            return switch (standing) {
                case FIRST -> one && !other;
                case SECOND -> !one && other;
                case BOTH -> one && other;
                default -> !one && !other;
            };
        }
    }

    /** What is known of one answer while pairs are looked for. */
    private record Known(int place, String label, OptionalDouble merit) {}

    /** @param apart answers of one run alone */
    record Found(List<Pair> pairs, int apart) {
        Found {
            pairs = List.copyOf(pairs);
        }

        /** How many stand so; standings that no pair has are left out. */
        Map<Standing, Integer> standings() {
            Map<Standing, Integer> counted = new EnumMap<>(Standing.class);
            for (Standing standing : Standing.values()) {
                int count = (int)
                        pairs.stream().filter(pair -> pair.stands(standing)).count();
                if (count > 0) {
                    counted.put(standing, count);
                }
            }
            return counted;
        }

        SortedMap<String, Integer> counted(Function<Pair, String> label) {
            SortedMap<String, Integer> counted = new TreeMap<>();
            pairs.forEach(pair -> counted.merge(label.apply(pair), 1, Integer::sum));
            return counted;
        }
    }

    private final AnswerIndex first;
    private final AnswerIndex second;
    private Found found = new Found(List.of(), 0);
    private long firstVersion = -1;
    private long secondVersion = -1;

    AnswerPairs(AnswerIndex first, AnswerIndex second) {
        this.first = first;
        this.second = second;
    }

    synchronized Found found() {
        long one = first.version();
        long other = second.version();
        if (one != firstVersion || other != secondVersion) {
            found = pair();
            firstVersion = one;
            secondVersion = other;
        }
        return found;
    }

    private Found pair() {
        Map<String, Known> others = new HashMap<>();
        second.each((place, answer, merit) -> others.put(key(answer), new Known(place, answer.label(), merit)));
        List<Pair> pairs = new ArrayList<>();
        int[] alone = {0};
        first.each((place, answer, merit) -> {
            Known other = others.get(key(answer));
            if (other == null) {
                alone[0]++;
            } else {
                pairs.add(new Pair(
                        place, other.place(), answer.cell(), answer.label(), other.label(), merit, other.merit()));
            }
        });
        return new Found(pairs, alone[0] + others.size() - pairs.size());
    }

    private static String key(ShownAnswer answer) {
        return answer.sample() + " " + answer.id();
    }

    /** The place of a pair in a list by that of its first answer; empty if it is not there. */
    static OptionalInt at(List<Pair> pairs, int first) {
        int low = 0;
        int high = pairs.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int place = pairs.get(middle).first();
            if (place == first) {
                return OptionalInt.of(middle);
            }
            low = place < first ? middle + 1 : low;
            high = place < first ? high : middle - 1;
        }
        return OptionalInt.empty();
    }
}
