package org.espalier.workflow.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.report.study.RowCounts;

/**
 * {@code stage.json} in the folder of a run: that it is done, and what it took. A folder of a study is named by all that its
 * content depends on, so that what is done need not be looked at again.
 *
 * @param seconds that it took, on one processor
 */
record StageFile(double seconds, RowCounts.StageCost cost) {
    static final String NAME = "stage.json";
    static final RowCounts.StageCost NOTHING = new RowCounts.StageCost("", 0, 0, 0, 0);

    /** Empty where it is not done. */
    static Optional<StageFile> in(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String advice = "remove it, and run the same study command again";
        return Optional.of(JsonFile.read(file, StageFile.class, advice));
    }

    void write(Path folder) {
        AtomicFile.write(folder.resolve(NAME), Json.page(Json.tree(this)));
    }
}
