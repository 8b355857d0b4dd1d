package org.espalier.greenhouse.grow;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.text.Nearest;
import org.espalier.greenhouse.internal.corpus.Mixture;
import org.espalier.greenhouse.internal.tokenizer.BaseShape;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a base model is grown.
 *
 * @param splitSeed draws what is held out
 * @param seed draws weights and texts
 * @param batch texts a step
 * @param saveEvery steps between two saved states, and between two lines of losses
 * @param cycles one after the other
 * @param worldSeeds the worlds whose questions no text may be
 */
public record GrowSettings(
        long splitSeed,
        long seed,
        int batch,
        int saveEvery,
        List<Cycle> cycles,
        BaseShape shape,
        List<Long> worldSeeds) {
    /** The family that is grown where nothing else is said. */
    public static final String FAMILY = "qwen2_5_vl";

    /** The families that can be grown, for people to read. */
    public static final String FAMILIES = "qwen2_5_vl, llava_next";

    /** Perception is still gaining when reasoning has settled, so the second cycle looks at more pictures. */
    private static final Mixture BOTH = new Mixture(0.24, 0.20, 0.08, 0.10, 0.05, 0);

    /** Then what no path spoke of is looked at as surely as what it knows. */
    private static final Mixture LOOKS = new Mixture(0.15, 0.18, 0.05, 0.25, 0.05, 0);

    /** Last, looking alone: an adapter of the decoder cannot mend what is not seen. */
    private static final Mixture SIGHTS = new Mixture(0.27, 0.14, 0.04, 0, 0.03, 0.40);

    /** Looking comes first: what is not seen cannot be reasoned about. A last cycle of the family's own length looks alone. */
    private static final List<Cycle> FIRST = List.of(
            new Cycle(
                    1000,
                    2e-3,
                    100,
                    0.5,
                    List.of(new Cycle.Phase(0.35, Mixture.LOOKING), new Cycle.Phase(1, Mixture.REASONING))),
            new Cycle(1400, 1.2e-3, 50, 0.2, List.of(new Cycle.Phase(1, BOTH))),
            new Cycle(300, 6e-4, 20, 0.2, List.of(new Cycle.Phase(1, LOOKS))));

    public GrowSettings {
        cycles = List.copyOf(cycles);
        worldSeeds = List.copyOf(worldSeeds);
    }

    /** The families that can be grown, as {@code model_type} says them. */
    public static List<String> families() {
        return BaseShape.all().stream().map(BaseShape::modelType).toList();
    }

    /**
     * The recipe of the base models that are shipped.
     *
     * @param family one of {@link #families}
     * @throws InputException if it is none
     */
    public static GrowSettings of(long splitSeed, long seed, String family) {
        BaseShape shape = shape(family);
        List<Cycle> cycles = new ArrayList<>(FIRST);
        cycles.add(new Cycle(shape.lookingSteps(), 8e-4, 20, 0.2, List.of(new Cycle.Phase(1, SIGHTS))));
        return new GrowSettings(splitSeed, seed, 96, 50, cycles, shape, List.of(1L, 2L, 3L, 4L));
    }

    private static BaseShape shape(String family) {
        return BaseShape.all().stream()
                .filter(one -> one.modelType().equals(family))
                .findFirst()
                .orElseThrow(() -> new InputException("there is no family of base models '" + family
                        + "': it is one of " + FAMILIES + Nearest.suggestion(family, families())));
    }

    /**
     * The same in other many steps: half as many halve each cycle.
     *
     * @throws InputException if there are too few steps or too many
     */
    public GrowSettings in(int steps) {
        if (steps < cycles.size() || steps > 1_000_000) {
            throw new InputException(
                    "a base model cannot be grown in " + steps + " steps: give " + cycles.size() + " to 1000000");
        }
        return new GrowSettings(splitSeed, seed, batch, saveEvery, scaled(steps), shape, worldSeeds);
    }

    /** The last cycle takes what rounding leaves. */
    private List<Cycle> scaled(int steps) {
        List<Cycle> scaled = new ArrayList<>();
        int left = steps;
        for (Cycle cycle : cycles.subList(0, cycles.size() - 1)) {
            int own = Math.max(1, (int) ((long) steps * cycle.steps() / steps()));
            scaled.add(cycle.of(own));
            left -= own;
        }
        scaled.add(cycles.getLast().of(left));
        return scaled;
    }

    /** Of all cycles. */
    public int steps() {
        return cycles.stream().mapToInt(Cycle::steps).sum();
    }

    /** A step's cycle and its number in it. */
    private record Place(Cycle cycle, long step) {}

    private Place place(long step) {
        long rest = step;
        for (Cycle cycle : cycles) {
            if (rest < cycle.steps()) {
                return new Place(cycle, rest);
            }
            rest -= cycle.steps();
        }
        throw new IllegalArgumentException("there is no step " + step);
    }

    /** How long it takes on two idle cores. */
    public int minutes() {
        return Math.ceilDiv(steps(), shape.stepsAMinute());
    }

    /** The mixture of a step, counted from 0. */
    Mixture mixture(long step) {
        Place place = place(step);
        return place.cycle().mixture(place.step());
    }

    /** The learning rate of a step, counted from 0. */
    double rate(long step) {
        Place place = place(step);
        return place.cycle().rate(place.step());
    }

    /** Whether a cycle begins with this step. */
    boolean begins(long step) {
        return place(step).step() == 0;
    }

    /** {@code grow.json}: everything the weights depend on. */
    ObjectNode json(String library) {
        ObjectNode root = Json.object();
        root.put("made_by", "espalier greenhouse grow").put("libtorch", library);
        root.put("split_seed", splitSeed).put("seed", seed);
        root.put("steps", steps()).put("batch", batch).put("texts", (long) steps() * batch);
        root.set("optimizer", Json.tree(Grow.OPTIMIZER));
        root.set("cycles", Json.tree(cycles));
        root.set("shape", Json.tree(shape));
        root.set("leak_check_world_seeds", Json.tree(worldSeeds));
        return root;
    }
}
