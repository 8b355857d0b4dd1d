package org.espalier.ssui.export;

import java.util.ArrayList;
import java.util.List;

/** How many were left after each stage of the work, first to last. */
public record ExportFunnel(List<Stage> stages) {
    /** One stage. */
    public record Stage(String name, long left) {}

    public ExportFunnel {
        stages = List.copyOf(stages);
    }

    /** The same with more stages at the end. */
    public ExportFunnel then(String name, long left) {
        List<Stage> longer = new ArrayList<>(stages);
        longer.add(new Stage(name, left));
        return new ExportFunnel(longer);
    }
}
