package org.espalier.srpo.objective;

import java.util.List;

/**
 * The objectives that recipes and {@code --method} know by name, each with a preset's settings. This list alone is
 * closed: a trainer takes any {@link Objective}.
 */
public final class Objectives {
    /** As "SRPO" and its baselines state them. */
    public static final List<Objective> PAPER = named(Srpo.PAPER);

    /** The same with the ancestor's choices. */
    public static final List<Objective> RPO = named(Srpo.RPO);

    private Objectives() {}

    private static List<Objective> named(Srpo srpo) {
        return List.of(srpo, Sft.PAPER, Dpo.PAPER, Orpo.PAPER, TreeAdvantage.OURS);
    }
}
