package org.espalier.ssui.review;

import tools.jackson.databind.JsonNode;

/** One field before and after a revision: a string, or a list of strings for {@code steps}. */
public record FieldChange(String field, JsonNode from, JsonNode to) {}
