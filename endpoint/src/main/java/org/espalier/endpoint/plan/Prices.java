package org.espalier.endpoint.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.espalier.endpoint.wire.Usage;

/**
 * What tokens cost, in money a million of them. Which money is left to who writes the prices.
 *
 * @param cached of input tokens that the server took from its cache
 */
public record Prices(BigDecimal input, BigDecimal cached, BigDecimal output) {
    public static final Prices NOTHING = new Prices(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final int MILLION = 6;

    /** Half of them, as providers ask for batches. */
    Prices halved() {
        BigDecimal two = BigDecimal.valueOf(2);
        return new Prices(input.divide(two), cached.divide(two), output.divide(two));
    }

    /** What a call with this usage costs, to nine decimals. */
    public BigDecimal cost(Usage usage) {
        long cachedTokens = Math.min(usage.cached(), usage.input());
        return input.multiply(BigDecimal.valueOf(usage.input() - cachedTokens))
                .add(cached.multiply(BigDecimal.valueOf(cachedTokens)))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .movePointLeft(MILLION)
                .setScale(9, RoundingMode.HALF_UP);
    }
}
