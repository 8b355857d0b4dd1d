package org.espalier.report.study;

/**
 * What one training took.
 *
 * @param method its objective
 * @param questions that it could use
 * @param steps of the optimizer
 * @param trained tokens that were trained on, shared ones counted once
 * @param drawn tokens that were drawn for it, shared explorations included; 0 where it uses no drawn path
 */
public record StageCost(String method, long questions, long steps, long trained, long drawn) {}
