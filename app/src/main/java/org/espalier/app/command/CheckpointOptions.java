package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.tensor.PlacementChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model that is computed here, where one is named. */
final class CheckpointOptions {
    @Option(
            names = "--model",
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of a model, or its name on a hub (see pull).")
    private Optional<Path> model;

    @Option(
            names = "--adapter",
            converter = HubFolder.class,
            paramLabel = "DIR",
            description = "The folder of an adapter (PEFT) that it takes.")
    private Optional<Path> adapter;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    /** What becomes of a checkpoint that is named. */
    @FunctionalInterface
    interface Use<T> {
        T of(Path model, Optional<Path> adapter, PlacementChoice placement);
    }

    boolean given() {
        return model.isPresent();
    }

    /** @throws InputException if none is named and yet something is said of it */
    <T> Optional<T> read(Use<T> use) {
        if (model.isEmpty() && adapter.isPresent()) {
            throw new InputException(
                    "--adapter goes with --model: an endpoint has its adapters itself, by their names");
        }
        if (model.isEmpty()) {
            placement.requireNone();
        }
        return model.map(folder -> use.of(folder, adapter, placement.choice()));
    }
}
