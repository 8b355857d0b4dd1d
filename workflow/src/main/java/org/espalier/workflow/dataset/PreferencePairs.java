package org.espalier.workflow.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.TreeFile;
import org.espalier.ssui.export.PairsExport;
import org.espalier.ssui.export.TrainingForm;
import org.espalier.workflow.explore.ExploredRun;

/**
 * The writing of an exploration's contrastive pairs, or of its reference paths, as training data of other trainers.
 *
 * @param explored the folder of the exploration
 * @param data the explored file; empty where the exploration found it
 * @param perStep pairs of a step at most
 * @param anyLicence whether pairs of data whose terms forbid training are written too
 */
public record PreferencePairs(
        Path explored, Optional<Path> data, TrainingForm form, int perStep, boolean anyLicence, Path out) {
    /** How many would be written; nothing is. Refuses what {@link #run} would refuse. */
    public int plan() {
        return TreeFile.read(read().trees()).stream()
                .mapToInt(tree -> new PairsExport(form, perStep).rows(tree))
                .sum();
    }

    /** Writes them, and says how many. */
    public int run() {
        ExploredRun of = read();
        return new PairsExport(form, perStep).write(of.trees(), of.data(), of.samples(), out);
    }

    private ExploredRun read() {
        if (Files.exists(out)) {
            throw new InputException(out + " is there already: choose a new folder");
        }
        return ExploredRun.of(explored, data, anyLicence);
    }
}
