package org.espalier.ssui.agent;

/**
 * An answer that was not accepted.
 *
 * @param journalKey where request and response stand whole
 * @param complaint what was wrong with it
 */
public record Received(String journalKey, String text, String complaint) {}
