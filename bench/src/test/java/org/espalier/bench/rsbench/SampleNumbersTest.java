package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleNumbersTest {
    @Test
    void knowsEachNumberOnceInWhateverOrder() {
        SampleNumbers seen = new SampleNumbers();
        for (int sample : new int[] {0, 3, 2, 1, Integer.MAX_VALUE, -1, 4}) {
            assertThat(seen.add(sample)).as("%d, new", sample).isTrue();
        }
        for (int sample : new int[] {0, 1, 2, 3, 4, Integer.MAX_VALUE, -1}) {
            assertThat(seen.add(sample)).as("%d, again", sample).isFalse();
        }
        assertThat(seen.add(5)).isTrue();
    }
}
