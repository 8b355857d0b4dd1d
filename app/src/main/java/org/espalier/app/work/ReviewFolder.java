package org.espalier.app.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A folder with drafts: a build's, or one that drafts were imported into. */
record ReviewFolder(Path folder) {
    private static final String POOL = "pool";

    boolean hasDrafts() {
        return Files.exists(folder.resolve(Store.FILE));
    }

    /** Opens its store, or the one at an address. */
    Store open(Optional<String> address) {
        String url = address.orElseGet(() -> "jdbc:sqlite:" + folder.resolve(Store.FILE));
        String kind = url.startsWith("jdbc:postgresql") ? "/postgresql" : "/sqlite";
        return Store.open(url, List.of(Drafts.MIGRATIONS + kind));
    }

    /**
     * The folder that drafts name their pictures below.
     *
     * @param moved where it is now; else it is where {@code run.json} says
     */
    Path pictures(Optional<Path> moved) {
        Path found = moved.orElseGet(() -> input(POOL)
                .map(ReviewFolder::withoutList)
                .orElseThrow(() -> new InputException(
                        folder + " does not say where its pictures are: name their folder with --pictures")));
        if (!Files.isDirectory(found)) {
            throw new InputException("there is no folder of pictures " + found + ": name it with --pictures");
        }
        return found;
    }

    /** The taxonomy of the build, as far as it is known and still there. */
    Taxonomy taxonomy() {
        return input("taxonomy")
                .filter(Files::isRegularFile)
                .map(Taxonomy::read)
                .orElseGet(Taxonomy::composed);
    }

    /** Notes, in a new folder, that drafts of a file are revised here; their pictures lie beside the file. */
    void begin(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path pictures = parent == null ? folder : parent;
        Optional<Path> before = input(POOL).map(ReviewFolder::withoutList);
        if (before.isPresent()) {
            if (!before.get().toAbsolutePath().normalize().equals(pictures)) {
                throw new InputException(folder + " holds drafts whose pictures lie in " + before.get()
                        + ": import those of " + pictures + " into another folder");
            }
            return;
        }
        RunPlan.Builder plan = Machine.plan("studio").input("data", file).input(POOL, pictures, "");
        try (RunFolder begun = RunFolder.open(folder, plan.build())) {
            begun.finish();
        }
    }

    /** A build may name the list of the pool, or its folder. */
    private static Path withoutList(Path path) {
        Path parent = path.getParent();
        return path.endsWith(Pool.NAME) && parent != null ? parent : path;
    }

    private Optional<Path> input(String role) {
        Path record = folder.resolve(RunFolder.RECORD);
        String told = Files.exists(record)
                ? read(record).path("inputs").path(role).path("path").asString("")
                : "";
        return told.isEmpty() ? Optional.empty() : Optional.of(Path.of(told));
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e), e);
        }
    }
}
