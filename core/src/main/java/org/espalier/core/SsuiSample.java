package org.espalier.core;

import tools.jackson.databind.node.ObjectNode;

/**
 * One sample of Safe-Semantics-but-Unsafe-Interpretation data: a line of {@code ssui.jsonl}.
 *
 * @param image path of the picture below the folder of the file that holds the sample, with forward slashes
 * @param question the same picture as a readable path, with the query
 * @param reference the human-revised path {@code τ*}
 * @param answer the ground truth A that F looks for in {@code v_T}
 * @param category a tertiary id of the taxonomy
 * @param fields the whole line as read, so that fields this version does not know are kept; holds {@code tag} and
 *     {@code provenance}
 */
public record SsuiSample(
        String id,
        String image,
        Question question,
        ReasoningPath reference,
        String answer,
        Risk risk,
        String category,
        ObjectNode fields) {}
