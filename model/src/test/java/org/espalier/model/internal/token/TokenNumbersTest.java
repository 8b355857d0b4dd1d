package org.espalier.model.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenNumbersTest {
    @Test
    void neverChange() {
        assertThat(IntStream.range(0, 3).mapToLong(i -> TokenNumbers.at(TokenNumbers.stream(42, "kitchen-7", 2, 5), i)))
                .containsExactly(2230919395242153L, 1654911240279068L, 4101602547474882L);
        assertThat(TokenNumbers.at(TokenNumbers.stream(-1, "\u00E9\u6F22", 0, 0), 511))
                .isEqualTo(2269716096332233L);
    }

    @Test
    void lieBetweenZeroAndOneAndAverageOneHalf() {
        double sum = 0;
        int count = 0;
        for (int sample = 0; sample < 100; sample++) {
            long stream = TokenNumbers.stream(9, "q", 1, sample);
            for (int i = 0; i < 1000; i++) {
                double u = TokenNumbers.at(stream, i) * 0x1p-52;
                assertThat(u).isBetween(0.0, Math.nextDown(1.0));
                sum += u;
                count++;
            }
        }
        assertThat(sum / count).isBetween(0.497, 0.503);
    }

    @Test
    void differInEachOfTheirParts() {
        Set<Long> numbers = new HashSet<>();
        int made = 0;
        for (long seed = 0; seed < 3; seed++) {
            for (String key : new String[] {"a", "b", "ab"}) {
                for (int step = 0; step < 4; step++) {
                    for (int sample = 0; sample < 5; sample++) {
                        for (int position = 0; position < 6; position++, made++) {
                            numbers.add(TokenNumbers.at(TokenNumbers.stream(seed, key, step, sample), position));
                        }
                    }
                }
            }
        }
        assertThat(numbers).hasSize(made);
    }
}
