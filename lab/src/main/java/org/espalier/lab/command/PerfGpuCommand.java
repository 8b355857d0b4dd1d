package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.lab.gpu.GpuOutcome;
import org.espalier.lab.gpu.GpuRows;
import org.espalier.lab.gpu.GpuTrial;
import org.espalier.lab.model.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf gpu}. */
@Command(
        name = "gpu",
        description =
                "All that there are figures of other programs for on a GPU: training, memory, sampling, how long it"
                        + " takes to be ready, and equality with the processor in float32.")
public final class PerfGpuCommand implements Verb {
    private static final Path MODEL = Path.of("greenhouse", "model");

    @Option(names = "--device", defaultValue = "cuda:0", paramLabel = "NAME", description = "Default ${DEFAULT-VALUE}.")
    private String device = "";

    @Option(
            names = "--size",
            defaultValue = "7b",
            paramLabel = "NAME",
            description = "tiny, small, 3b or 7b, of which the other programs' figures are.")
    private String size = "";

    @Option(
            names = "--sides",
            split = ",",
            defaultValue = "672,1036",
            paramLabel = "PIXELS",
            description = "Of the pictures: multiples of 28.")
    private List<Integer> sides = List.of();

    @Option(names = "--rows", split = ",", defaultValue = "8,32,64", description = "Continuations at once.")
    private List<Integer> rows = List.of();

    @Option(names = "--tokens", defaultValue = "128", description = "Of each continuation.")
    private int tokens;

    @Option(names = "--runs", defaultValue = "5", description = "Counted runs.")
    private int runs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Runs before them.")
    private int warmUps;

    @Mixin
    private FigureFile figureFile = new FigureFile();

    @Option(names = "--markdown", description = "Also write the rows of perf/RESULTS.md there.")
    private Optional<Path> markdown = Optional.empty();

    @Override
    public int run(Console console) {
        GpuOutcome outcome = asked().run(device, console.progress());
        List<String> rows = GpuRows.of(outcome);
        console.say(outcome.device() + ", libtorch " + outcome.libtorch() + ", " + outcome.size());
        rows.forEach(console::say);
        figureFile.write(outcome);
        markdown.ifPresent(file ->
                AtomicFile.write(file, GpuRows.HEAD + "\n| --- | --- | --- |\n" + String.join("\n", rows) + "\n"));
        return ExitCode.DONE.number();
    }

    private GpuTrial asked() {
        Size measured = Size.OF_GPUS.stream()
                .filter(one -> one.name().equals(size))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no size '" + size + "': take tiny, small, 3b or 7b."));
        if (runs < 1 || warmUps < 0 || tokens < 1 || rows.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--runs, --tokens and --rows must be at least 1, --warm-ups at least 0.");
        }
        if (sides.stream().anyMatch(pixels -> pixels < 28 || pixels % 28 != 0 || pixels > 2800)) {
            throw new InputException("--sides must be multiples of 28, at most 2800.");
        }
        figureFile.check();
        Path root = Path.of(System.getProperty("espalier.root", ""));
        Size equal = measured.equals(Size.TINY) ? Size.TINY : Size.SMALL;
        return new GpuTrial(measured, sides, rows, tokens, equal, root.resolve(MODEL), runs, warmUps);
    }
}
