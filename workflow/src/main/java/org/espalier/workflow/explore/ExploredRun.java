package org.espalier.workflow.explore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Resolved;
import org.espalier.report.run.RunInfo;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.ssui.pool.SampleLicences;
import tools.jackson.databind.JsonNode;

/**
 * The folder of an exploration as others read it.
 *
 * @param data the file that was explored, in lines
 * @param samples of that file
 */
public record ExploredRun(RunInfo run, Path data, List<SsuiSample> samples) {
    /**
     * Finds all.
     *
     * @param folder of an exploration that has finished
     * @param moved the data file where it is now; else it is where the exploration found it
     * @param anyLicence whether data whose terms forbid training are taken too
     * @throws InputException if one of them is not there, or may not be trained on
     */
    public static ExploredRun of(Path folder, Optional<Path> moved, boolean anyLicence) {
        if (!Files.exists(folder.resolve(TreeFile.NAME)) || !RunInfo.isRun(folder)) {
            throw new InputException(
                    folder + " holds no " + TreeFile.NAME + ": name the folder that 'espalier explore' wrote");
        }
        RunInfo run = RunInfo.read(folder);
        if (run.finished().isEmpty()) {
            throw new InputException("the exploration in " + folder
                    + " has not come to its end: run the same explore command again, then train");
        }
        Path data = moved.or(() -> run.input("data")).orElse(Path.of(""));
        if (!Files.isRegularFile(data)) {
            throw new InputException("the data file " + data + " of the exploration in " + folder
                    + " is not there: give it with --data");
        }
        List<SsuiSample> samples = QuestionFile.read(data);
        if (!anyLicence) {
            SampleLicences.refuse(data, samples);
        }
        return new ExploredRun(run, QuestionFile.lines(data), samples);
    }

    /** Its trees. */
    public Path trees() {
        return run.folder().resolve(TreeFile.NAME);
    }

    /** Where other settings would explore differently than this run did, each in a clause. */
    public List<String> differences(SortedMap<String, Resolved.Origin> others) {
        JsonNode known = run.record().path("configuration");
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

    /** Reads its trees, of which there must be one. */
    public List<PathTree> read() {
        List<PathTree> all = TreeFile.read(trees());
        if (all.isEmpty()) {
            throw new InputException(trees() + " holds no tree");
        }
        return all;
    }
}
