package org.espalier.lab.command;

import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.lab.model.Size;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which models are measured, how often, and where the figures go. */
final class SpeedOptions {
    @Option(
            names = "--size",
            split = ",",
            defaultValue = "tiny,small",
            paramLabel = "NAME",
            description = "tiny (1 M), small (70 M) or 3b (3.75 B, needs 20 GiB); several with commas.")
    private List<String> sizes = List.of();

    @Option(names = "--runs", defaultValue = "5", description = "Counted runs of each.")
    private int runs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Runs before them.")
    private int warmUps;

    @Option(
            names = "--side",
            paramLabel = "PIXELS",
            description = "Another picture than the size's own: a multiple of 28.")
    private Optional<Integer> side = Optional.empty();

    @Mixin
    private FigureFile figureFile;

    /** What is asked for, all of it sound. */
    record Asked(List<Size> sizes, int runs, int warmUps) {}

    Asked asked() {
        if (runs < 1) {
            throw new InputException("--runs must be at least 1.");
        }
        if (warmUps < 0) {
            throw new InputException("--warm-ups must be at least 0.");
        }
        figureFile.check();
        return new Asked(sizes(), runs, warmUps);
    }

    private List<Size> sizes() {
        side.filter(pixels -> pixels < 28 || pixels % 28 != 0 || pixels > 2800).ifPresent(pixels -> {
            throw new InputException("--side must be a multiple of 28, at most 2800, not " + pixels + ".");
        });
        return sizes.stream()
                .map(SpeedOptions::size)
                .map(size -> side.map(size::withSide).orElse(size))
                .toList();
    }

    private static Size size(String name) {
        return Size.ALL.stream()
                .filter(size -> size.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no size '" + name + "': take tiny, small or 3b."));
    }

    /** Writes the figures where that was asked for. */
    void write(Object figures) {
        figureFile.write(figures);
    }
}
