package org.espalier.greenhouse.grow;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.corpus.Mixture;
import org.espalier.greenhouse.tokenizer.ModelShape;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a base model is grown.
 *
 * @param splitSeed draws what is held out
 * @param seed draws weights and texts
 * @param batch texts a step
 * @param saveEvery steps between two saved states, and between two lines of losses
 * @param peak learning rate after the warm-up
 * @param warmUp steps of the warm-up
 * @param decayFrom share of all steps after which the learning rate falls, in a straight line to 0
 * @param worldSeeds the worlds whose questions no text may be
 */
public record GrowSettings(
        long splitSeed,
        long seed,
        int steps,
        int batch,
        int saveEvery,
        double peak,
        int warmUp,
        double decayFrom,
        List<Phase> phases,
        ModelShape shape,
        List<Long> worldSeeds) {
    public GrowSettings {
        phases = List.copyOf(phases);
        worldSeeds = List.copyOf(worldSeeds);
        if (steps < 1 || steps > 1_000_000) {
            throw new InputException("a base model cannot be grown in " + steps + " steps: give 1 to 1000000");
        }
    }

    /** Steps of the base model that is shipped. */
    public static final int STEPS = 1300;

    /** The recipe. Looking comes first: what is not seen cannot be reasoned about. */
    public static GrowSettings of(long splitSeed, long seed, int steps) {
        return new GrowSettings(
                splitSeed,
                seed,
                steps,
                96,
                50,
                2e-3,
                Math.min(100, Math.ceilDiv(steps, 10)),
                0.5,
                List.of(new Phase(0.35, Mixture.LOOKING), new Phase(1, Mixture.REASONING)),
                ModelShape.DEFAULT,
                List.of(1L, 2L, 3L, 4L));
    }

    /** The mixture of a step, counted from 0. */
    Mixture mixture(long step) {
        return phases.stream()
                .filter(phase -> step < phase.until() * steps)
                .findFirst()
                .orElse(phases.getLast())
                .mixture();
    }

    /** The learning rate of a step, counted from 0. */
    double rate(long step) {
        double rise = Math.min(1, (step + 1.0) / warmUp);
        double fall = Math.min(1, (steps - step) / (steps * (1 - decayFrom)));
        return peak * Math.min(rise, fall);
    }

    /** {@code grow.json}: everything the weights depend on. */
    ObjectNode json(String library) {
        ObjectNode root = Json.object();
        root.put("made_by", "espalier greenhouse grow").put("libtorch", library);
        root.put("split_seed", splitSeed).put("seed", seed);
        root.put("steps", steps).put("batch", batch).put("texts", (long) steps * batch);
        root.put("learning_rate", peak).put("warm_up_steps", warmUp).put("decay_from", decayFrom);
        root.set("optimizer", Json.tree(Grow.OPTIMIZER));
        root.set("phases", Json.tree(phases));
        root.set("shape", Json.tree(shape));
        root.set("leak_check_world_seeds", Json.tree(worldSeeds));
        return root;
    }
}
