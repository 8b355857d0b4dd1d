package org.espalier.ssui.agent;

/**
 * A sample that an agent ended.
 *
 * @param stage the agent
 * @param reason by which it is counted
 * @param said the agent's own words for it; may be empty
 * @param response the key of its answer in the journal; empty for drops of builds that did not keep it
 */
public record DroppedSample(String id, String stage, String reason, String said, String response) {}
