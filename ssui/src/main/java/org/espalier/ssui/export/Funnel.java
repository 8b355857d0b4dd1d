package org.espalier.ssui.export;

import java.util.ArrayList;
import java.util.List;

/** How many were left after each stage of the work, first to last. */
public record Funnel(List<Stage> stages) {
    /** One stage. */
    public record Stage(String name, long left) {}

    public Funnel {
        stages = List.copyOf(stages);
    }

    /** The same with more stages behind. */
    public Funnel then(String name, long left) {
        List<Stage> longer = new ArrayList<>(stages);
        longer.add(new Stage(name, left));
        return new Funnel(longer);
    }
}
