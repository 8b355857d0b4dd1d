package org.espalier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {
    /** The worlds of the greenhouse, runs and their adapters depend on it. */
    @Test
    void neverChanges() {
        assertThat(Seed.of(42, "tokens").and("kitchen-7").and(2).and(5).value()).isEqualTo(4956513138807397468L);
        assertThat(Seed.of(-1, "\u00E9\u6F22", 0, -1).uniform(511)).isEqualTo(3580756809327874L);
    }

    @Test
    void numbersLieBetweenZeroAndOneAndAverageOneHalf() {
        double sum = 0;
        int count = 0;
        for (int sample = 0; sample < 100; sample++) {
            Seed seed = Seed.of(9, "tokens", 1, sample);
            for (int i = 0; i < 1000; i++) {
                double number = seed.uniform(i) * 0x1p-52;
                assertThat(number).isBetween(0.0, Math.nextDown(1.0));
                sum += number;
                count++;
            }
        }
        assertThat(sum / count).isBetween(0.497, 0.503);
    }

    @Test
    void differsInEachOfItsParts() {
        Set<Long> numbers = new HashSet<>();
        int made = 0;
        for (long seed = 0; seed < 3; seed++) {
            for (String purpose : new String[] {"a", "b", "ab"}) {
                for (String part : new String[] {"", "a", "b"}) {
                    for (int step = -1; step < 4; step++) {
                        for (int position = 0; position < 6; position++, made++) {
                            numbers.add(
                                    Seed.of(seed, purpose).and(part).and(step).uniform(position));
                        }
                    }
                }
            }
        }
        assertThat(numbers).hasSize(made);
    }

    @Test
    void whereOneNameEndsAndTheNextBeginsMatters() {
        assertThat(Seed.of(1, "ab").and("c")).isNotEqualTo(Seed.of(1, "a").and("bc"));
    }
}
