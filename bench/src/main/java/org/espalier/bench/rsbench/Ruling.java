package org.espalier.bench.rsbench;

import org.espalier.core.Arbiter.Judgement;

/** A line of {@code judgements.jsonl}: what the arbiter said of the answer with this id and sample number. */
public record Ruling(String id, int sample, Judgement judgement) {}
