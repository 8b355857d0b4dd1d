package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.HubSnapshot;
import org.espalier.core.text.Counted;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.LoraSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model dora}. */
@Command(
        name = "dora",
        description = "Writes a DoRA adapter that changes nothing yet: 'train --adapter' trains it, by the same --rank,"
                + " --alpha and --targets.")
final class ModelDoraCommand implements Verb {
    private static final LoraSettings PAPER = TrainSettings.PAPER.lora();

    @Parameters(converter = HubFolder.class, paramLabel = "DIR", description = "The folder of the model.")
    private Path model;

    @Option(names = "--rank", paramLabel = "INT", description = "Rank of the adapter (paper: 8).")
    private Optional<Integer> rank = Optional.empty();

    @Option(
            names = "--alpha",
            paramLabel = "DOUBLE",
            description = "Its product is multiplied by alpha / rank (paper: 16).")
    private Optional<Double> alpha = Optional.empty();

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "NAME",
            description = "Linear modules that get an adapter, as 'train' takes them (paper: language-model).")
    private List<String> targets = List.of();

    @Option(names = "--seed", defaultValue = "0", description = "Of the random numbers that it begins with.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for the adapter.")
    private Path out;

    @Override
    public int run(Console console) {
        LoraSettings settings = new LoraSettings(
                rank.orElse(PAPER.rank()),
                alpha.orElse(PAPER.alpha()),
                PAPER.dropout(),
                targets.isEmpty() ? PAPER.targets() : targets);
        if (AdapterFiles.isIn(out)) {
            throw new InputException(out + " holds an adapter already: choose a new folder");
        }
        Libtorch.load();
        try (Adapter adapter = Adapter.dora(settings, ModelFolder.open(model), Placement.CPU, seed)) {
            AdapterFiles.write(adapter, out, HubSnapshot.nameOf(model));
            console.say("A DoRA adapter of " + Counted.of(adapter.modules().size(), "module") + " is in " + out
                    + "; it changes nothing yet.");
        }
        return ExitCode.DONE.number();
    }
}
