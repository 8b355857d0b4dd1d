package org.espalier.store;

import java.math.BigDecimal;

/**
 * What the journal's answers of one model cost together.
 *
 * @param calls answers recorded, refused ones with a body among them
 */
public record Spending(
        String provider, String model, long calls, long inputTokens, long outputTokens, BigDecimal cost) {}
