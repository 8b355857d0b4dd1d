package org.espalier.store;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One answer of a provider as it came, with what it was asked for. There is no place for headers: keys never enter.
 *
 * @param key {@link Journal#key}
 * @param provider the endpoint's name
 * @param model the model's name as it was sent
 * @param status HTTP status, 0 where there is none
 * @param request what was sent, without secrets, each picture replaced by its SHA-256
 * @param response the body as it came, before it was parsed
 * @param inputTokens tokens paid for, 0 where the provider does not say
 * @param outputTokens likewise
 * @param cost money, in the currency of the endpoint's prices; kept to nine decimals
 * @param at when the answer came, kept to the millisecond
 */
public record JournalEntry(
        String key,
        String provider,
        String model,
        int status,
        byte[] request,
        byte[] response,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Instant at) {}
