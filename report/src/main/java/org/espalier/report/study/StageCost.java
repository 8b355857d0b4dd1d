package org.espalier.report.study;

import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;

/**
 * What one training took.
 *
 * @param method its objective
 * @param questions that it could use
 * @param steps of the optimizer
 * @param trained tokens that were trained on, shared ones counted once
 * @param drawn tokens that were drawn for it, shared explorations included; 0 where it uses no drawn path
 */
public record StageCost(String method, long questions, long steps, long trained, long drawn) {
    /** Reads what JSON has of it. */
    public static StageCost read(JsonNode in) {
        return new StageCost(
                Json.text(in.required("method")),
                in.required("questions").longValue(),
                in.required("steps").longValue(),
                in.required("trained").longValue(),
                in.required("drawn").longValue());
    }
}
