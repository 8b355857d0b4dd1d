package org.espalier.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import picocli.CommandLine.Option;

/** Where the figures go, beside the terminal. */
final class FigureFile {
    @Option(names = "--json", description = "Also write the figures there.")
    private Optional<Path> json = Optional.empty();

    /** Refuses a file that could not be written in the end. */
    void check() {
        json.map(file -> file.toAbsolutePath().getParent())
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> {
                    throw new InputException("there is no folder " + folder + " for the file that --json names");
                });
    }

    /** Writes the figures where that was asked for. */
    void write(Object figures) {
        json.ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(figures))));
    }
}
