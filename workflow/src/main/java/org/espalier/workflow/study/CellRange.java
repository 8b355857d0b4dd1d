package org.espalier.workflow.study;

import java.util.List;

/** The worlds and seeds of a part of a study: each world with each seed, and each base model. */
public record CellRange(List<Long> worlds, List<Long> seeds) {
    public CellRange {
        worlds = List.copyOf(worlds);
        seeds = List.copyOf(seeds);
    }
}
