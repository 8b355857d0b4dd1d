package org.espalier.workflow.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.JsonFile;
import org.espalier.ssui.export.Export;
import org.espalier.ssui.export.ExportFunnel;
import org.espalier.ssui.export.ExportSettings;
import org.espalier.ssui.export.ExportSummary;
import org.espalier.ssui.intake.IntakeSummary;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.store.Store;
import tools.jackson.databind.JsonNode;

/**
 * The writing of the drafts of a build as a dataset.
 *
 * @param build the folder of the build
 * @param store the address of its store; empty for the one in its folder
 * @param pictures the pool that its drafts name pictures below; empty for the one that the build says
 */
public record DatasetExport(
        Path build, Optional<String> store, Optional<Path> pictures, ExportSettings settings, Path out) {

    /**
     * What would be written.
     *
     * @param taken of all drafts
     * @param pool where their pictures are
     */
    public record Plan(long taken, ReviewCounts counts, Path pool) {}

    /** Looks at what would be written; nothing is. Refuses what {@link #run} would refuse. */
    public Plan plan() {
        Path pool = pool();
        try (Store opened = open()) {
            ReviewCounts counts = new Drafts(opened).counts();
            refuseNone(counts);
            Export.refuseStrangers(out);
            return new Plan(counts.accepted() + (settings.unreviewed() ? counts.drafts() : 0), counts, pool);
        }
    }

    /** Exports. */
    public ExportSummary run(Progress progress) {
        Path pool = pool();
        try (Store opened = open()) {
            Drafts drafts = new Drafts(opened);
            refuseNone(drafts.counts());
            return new Export(settings).write(drafts, pool, funnel(pool, drafts.counts()), out, progress);
        }
    }

    private void refuseNone(ReviewCounts counts) {
        if (counts.total() == 0) {
            throw new InputException(build + " has no drafts: there is nothing to export");
        }
    }

    private Store open() {
        return new DraftFolder(build).drafts(store);
    }

    private Path pool() {
        return new DraftFolder(build).ownPictures(pictures, "--pool");
    }

    private ExportFunnel funnel(Path pool, ReviewCounts counts) {
        ExportFunnel funnel = new ExportFunnel(List.of());
        if (Files.exists(pool.resolve(IntakeSummary.NAME))) {
            IntakeSummary intake = IntakeSummary.read(new Pool(pool));
            funnel = funnel.then("pictures that the sources have", intake.present())
                    .then("pictures looked at", intake.seen())
                    .then("pictures in the pool", intake.pooled());
        }
        Path built = build.resolve(DatasetBuild.FUNNEL);
        if (Files.exists(built)) {
            for (JsonNode stage : JsonFile.read(built, "repeat the build").path("stages")) {
                funnel = funnel.then(
                        "passed the " + stage.path("name").asString("") + " agent",
                        stage.path("passed").asLong(0));
            }
        }
        return funnel.then(drafted(), counts.total()).then("accepted by people", counts.accepted());
    }

    private String drafted() {
        return switch (new DraftFolder(build).verb()) {
            case RecordImport.VERB -> "drafts of records that were imported";
            case DraftFolder.VERB -> "samples that were imported for review";
            default -> "drafts by the agents";
        };
    }
}
