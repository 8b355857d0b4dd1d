package org.espalier.bench.rsbench;

import org.espalier.bench.stats.Interval;

/** A rate with its interval, both as shares of 1. */
public record Estimate(double rate, Interval interval) {}
