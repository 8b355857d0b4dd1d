package org.espalier.report.study;

/**
 * What is repeated: a base model, a world, and a seed that names questions trained on, explorations and trainings.
 *
 * @param base the folder of the base model and the beginning of its hash
 */
public record StudyCell(String base, long world, long seed) {
    /** What an interval counts once: other seeds are not another world. */
    public String unit() {
        return base + ", world " + world;
    }

    /** As people name it. */
    public String words() {
        return unit() + ", seed " + seed;
    }

    /** As {@code --only} takes it. */
    public String key() {
        return base + ":" + world + ":" + seed;
    }
}
