package org.espalier.bench.stats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The exact two-sided sign test: if neither of two is better, each question on which they differ is a fair coin.
 *
 * @param better questions on which the first did better
 * @param worse questions on which it did worse; ties are in neither
 */
public record SignTest(int better, int worse) {
    public SignTest {
        if (better < 0 || worse < 0) {
            throw new IllegalArgumentException(better + " better and " + worse + " worse: neither can be negative");
        }
    }

    /**
     * The probability of a split at least this uneven, either way: {@code min(1, 2 P(X <= min(better, worse)))} with X
     * binomial over {@code better + worse} fair coins. 1 where nothing differs.
     */
    public double probability() {
        int coins = better + worse;
        int fewer = Math.min(better, worse);
        BigInteger ways = BigInteger.ONE;
        BigInteger tail = BigInteger.ONE;
        for (int i = 1; i <= fewer; i++) {
            ways = ways.multiply(BigInteger.valueOf(coins - i + 1L)).divide(BigInteger.valueOf(i));
            tail = tail.add(ways);
        }
        BigDecimal both = new BigDecimal(tail.shiftLeft(1));
        double probability = both.divide(new BigDecimal(BigInteger.ONE.shiftLeft(coins)), MathContext.DECIMAL64)
                .doubleValue();
        return Math.min(1, probability);
    }
}
