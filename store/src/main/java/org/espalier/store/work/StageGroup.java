package org.espalier.store.work;

import java.util.List;

/**
 * Stages that share one limit, such as those that call one endpoint. Items of a later stage in the list go first, so that
 * what was begun is ended; when few are left to begin, items of an earlier stage do, so that the places stay filled to the
 * end.
 *
 * @param concurrency items of the group in work at once in this process
 */
public record StageGroup(int concurrency, List<Stage> stages) {
    public StageGroup {
        stages = List.copyOf(stages);
        if (concurrency < 1 || stages.isEmpty()) {
            throw new IllegalArgumentException("A group needs a stage and room for one item.");
        }
    }
}
