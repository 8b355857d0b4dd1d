package org.espalier.bench.suite;

import java.util.Optional;

/** An answer to an item with what came of judging it; empty where there is no verdict. */
public record Judged(Item item, int sample, Optional<Verdict> verdict) {}
