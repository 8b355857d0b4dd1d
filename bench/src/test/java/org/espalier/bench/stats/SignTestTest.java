package org.espalier.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignTestTest {
    @Test
    void fiveOfFiveIsTwoInThirtyTwo() {
        assertThat(new SignTest(5, 0).probability()).isEqualTo(2.0 / 32);
        assertThat(new SignTest(0, 5).probability()).isEqualTo(2.0 / 32);
    }

    @Test
    void eightToTwoIsCountedByHand() {
        // C(10,0) + C(10,1) + C(10,2) = 56 of 1024, twice.
        assertThat(new SignTest(8, 2).probability()).isEqualTo(112.0 / 1024);
    }

    @Test
    void nothingDiffersOrAnEvenSplitProvesNothing() {
        assertThat(new SignTest(0, 0).probability()).isEqualTo(1);
        assertThat(new SignTest(7, 7).probability()).isEqualTo(1);
    }

    @Test
    void staysExactWhereDoublesWouldUnderflow() {
        // All of 2000 the same way: 2 / 2^2000 is below the least double; all of 1000: 2^-999.
        assertThat(new SignTest(2000, 0).probability()).isZero();
        assertThat(new SignTest(1000, 0).probability()).isCloseTo(Math.pow(2, -999), within(1e-315));
    }
}
