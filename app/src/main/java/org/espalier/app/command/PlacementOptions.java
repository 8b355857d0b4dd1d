package org.espalier.app.command;

import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.tensor.PlacementChoice;
import picocli.CommandLine.Option;

/** Where a model is computed. */
final class PlacementOptions {
    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "NAME",
            description = "What computes the model: cpu, or cuda:N for a GPU.")
    private String device = "cpu";

    @Option(
            names = "--dtype",
            defaultValue = PlacementChoice.STORED,
            paramLabel = "TYPE",
            description = "In which type: stored (as the weights are, the default), bfloat16, float16, float32 or"
                    + " float64. Adapters that are trained are float32 at least.")
    private String type = PlacementChoice.STORED;

    /** What is chosen. */
    PlacementChoice choice() {
        return choice(OptionalInt.empty());
    }

    /**
     * What is chosen, where several processes share a machine: "cuda" is a GPU of its own for each.
     *
     * @param local the number of this process on its machine, where there are several
     */
    PlacementChoice choice(OptionalInt local) {
        String own = device.equals("cuda") && local.isPresent() ? "cuda:" + local.getAsInt() : device;
        return PlacementChoice.of(own, type);
    }

    /** Refuses a choice where no model is computed here. */
    void requireNone() {
        if (!choice().equals(PlacementChoice.USUAL)) {
            throw new InputException("--device and --dtype go with --model: nothing else is computed here");
        }
    }
}
