package org.espalier.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.model.family.ImageProcessor;

/** What a model computed for one key of the reference values, to be compared under the name of a group. */
sealed interface ComputedValue {
    String group();

    String key();

    /**
     * The greatest distance from the same value computed in float32: a share of the greatest magnitude, or the difference
     * of whole numbers.
     */
    double distance(ComputedValue float32);

    /**
     * Compares.
     *
     * @param file has the key
     * @param distances by group; those of rounded reference values, 0 where they are held to the strict rule
     */
    ComparedGroup compare(OracleFile file, ToDoubleFunction<String> distances);

    /**
     * Numbers.
     *
     * @param shape that the stored ones must have; empty where only their count matters
     * @param source the group whose distance says how far rounding moves what these are made from: their own, but for
     *     what an optimizer makes of gradients
     * @param reach by how much a number moves where its source moves by its greatest magnitude; empty where that is the
     *     greatest magnitude of these
     */
    record Numbers(String group, String key, double[] values, List<Long> shape, String source, double[] reach)
            implements ComputedValue {
        @Override
        public double distance(ComputedValue float32) {
            double[] single = ((Numbers) float32).values;
            double greatest = 0;
            double largest = 0;
            for (int i = 0; i < values.length; i++) {
                greatest = Math.max(greatest, Math.abs(values[i]));
                largest = Math.max(largest, Math.abs(values[i] - single[i]));
            }
            return largest == 0 ? 0 : largest / greatest;
        }

        @Override
        public ComparedGroup compare(OracleFile file, ToDoubleFunction<String> distances) {
            if (!shape.isEmpty() && !shape.equals(file.shape(key))) {
                return off("shape " + shape + ", expected " + file.shape(key));
            }
            float[] stored = file.floats(key);
            if (stored.length != values.length) {
                return off(lengths(values.length, stored.length));
            }
            Tolerance.Outcome outcome = Tolerance.compare(values, stored, distances.applyAsDouble(source), reach);
            return compared(outcome.ofRule(), outcome.ofAllowed(), outcome.fault());
        }

        /** How many are equal to the stored ones to the last digit; none of another length. */
        long equal(float[] stored) {
            long equal = 0;
            for (int i = 0; stored.length == values.length && i < stored.length; i++) {
                equal += (float) values[i] == stored[i] ? 1 : 0;
            }
            return equal;
        }

        private ComparedGroup off(String fault) {
            return compared(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Optional.of(fault));
        }

        private ComparedGroup compared(double ofRule, double ofAllowed, Optional<String> fault) {
            return new ComparedGroup(group, 1, false, ofRule, ofAllowed, 0, fault.map(text -> key + ": " + text));
        }
    }

    /**
     * Whole numbers, which must be equal.
     *
     * @param processor of the pictures whose 8-bit samples they are; empty where they are stored as they are
     */
    record WholeNumbers(String group, String key, long[] values, Optional<ImageProcessor> processor)
            implements ComputedValue {
        @Override
        public double distance(ComputedValue float32) {
            return difference(((WholeNumbers) float32).values);
        }

        @Override
        public ComparedGroup compare(OracleFile file, ToDoubleFunction<String> distances) {
            if (processor.isEmpty() && !file.isWhole(key)) {
                return compared(0, Optional.of("numbers of the file are not whole"));
            }
            long[] stored =
                    processor.map(images -> images.samples(file.floats(key))).orElseGet(() -> file.longs(key));
            if (stored.length != values.length) {
                return compared(Double.POSITIVE_INFINITY, Optional.of(lengths(values.length, stored.length)));
            }
            int first = Arrays.mismatch(values, stored);
            return first < 0
                    ? compared(0, Optional.empty())
                    : compared(
                            difference(stored),
                            Optional.of("value " + first + " is " + values[first] + ", expected " + stored[first]));
        }

        private ComparedGroup compared(double difference, Optional<String> fault) {
            return new ComparedGroup(group, 1, true, difference, difference, 0, fault.map(text -> key + ": " + text));
        }

        private double difference(long[] others) {
            double largest = 0;
            for (int i = 0; i < values.length; i++) {
                largest = Math.max(largest, Math.abs((double) values[i] - others[i]));
            }
            return largest;
        }
    }

    private static String lengths(int computed, int stored) {
        return computed + " values, expected " + stored;
    }
}
