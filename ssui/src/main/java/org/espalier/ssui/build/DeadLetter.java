package org.espalier.ssui.build;

import tools.jackson.databind.JsonNode;

/**
 * A sample for which no usable answer could be had.
 *
 * @param received each answer with what was wrong with it and its key in the journal
 */
public record DeadLetter(String id, String stage, String reason, JsonNode received) {}
