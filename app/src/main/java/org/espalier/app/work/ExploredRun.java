package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.espalier.app.config.Resolved;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.TreeFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of an exploration as training reads it.
 *
 * @param data the file that was explored
 */
public record ExploredRun(Path trees, Path data) {
    /**
     * Finds both.
     *
     * @param folder of an exploration that has come to its end
     * @param moved the data file where it is now; else it is where the exploration found it
     * @throws InputException if one of them is not there
     */
    public static ExploredRun of(Path folder, Optional<Path> moved) {
        Path trees = folder.resolve(TreeFile.NAME);
        if (!Files.exists(trees)) {
            throw new InputException(
                    folder + " holds no " + TreeFile.NAME + ": name the folder that 'espalier explore' wrote");
        }
        ObjectNode record =
                JsonFile.read(folder.resolve(RunFolder.RECORD), "name the folder that 'espalier explore' wrote");
        if (!record.has("finished")) {
            throw new InputException("the exploration in " + folder
                    + " has not come to its end: run the same explore command again, then train");
        }
        Path data = moved.orElseGet(
                () -> Path.of(record.path("inputs").path("data").path("path").asString("")));
        if (!Files.isRegularFile(data)) {
            throw new InputException("the data file " + data + " of the exploration in " + folder
                    + " is not there: give it with --data");
        }
        return new ExploredRun(trees, data);
    }

    /** Where other settings would explore otherwise than this run did, each in a clause. */
    List<String> differences(SortedMap<String, Resolved.Origin> others) {
        JsonNode known = JsonFile.read(trees.resolveSibling(RunFolder.RECORD), "name the folder of an exploration")
                .path("configuration");
        List<String> clauses = new ArrayList<>();
        others.forEach((name, origin) -> {
            String was = Json.line(known.path(name).path("value"));
            String is = Json.line(Json.tree(origin.value()));
            if (known.has(name) && !was.equals(is)) {
                clauses.add(name + " " + is + " instead of " + was);
            }
        });
        return clauses;
    }

    List<PathTree> read() {
        List<PathTree> all = TreeFile.read(trees);
        if (all.isEmpty()) {
            throw new InputException(trees + " holds no tree");
        }
        return all;
    }
}
