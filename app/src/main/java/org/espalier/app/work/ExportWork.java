package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.ssui.export.Export;
import org.espalier.ssui.export.ExportFunnel;
import org.espalier.ssui.export.ExportSettings;
import org.espalier.ssui.export.ExportSummary;
import org.espalier.ssui.intake.IntakeSummary;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.ReviewCounts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import tools.jackson.databind.JsonNode;

/**
 * Writes the drafts of a build as a dataset.
 *
 * @param build the folder of the build
 * @param store the address of its store; empty for the one in its folder
 * @param pictures the pool that its drafts name pictures below; empty for the one that the build says
 */
public record ExportWork(
        Path build, Optional<String> store, Optional<Path> pictures, ExportSettings settings, Path out) {

    /** The taxonomy that a build was made with. */
    public static Taxonomy taxonomy(Path build) {
        return new ReviewFolder(build).taxonomy();
    }

    /** Says what would be done. */
    public void foresee(Desk desk) {
        Path pool = pool();
        try (Store opened = open()) {
            ReviewCounts counts = drafts(opened).counts();
            refuseNone(counts);
            Export.refuseStrangers(out);
            long taken = counts.accepted() + (settings.unreviewed() ? counts.drafts() : 0);
            desk.say("Would export " + taken + " of " + counts.total() + " drafts (" + counts.accepted()
                    + " accepted, " + counts.rejected() + " rejected) with pictures of " + pool + " into " + out
                    + ", splits " + settings.splits() + ".");
        }
    }

    /** Exports. */
    public ExportSummary run(Desk desk) {
        Path pool = pool();
        try (Store opened = open()) {
            Drafts drafts = drafts(opened);
            refuseNone(drafts.counts());
            return new Export(settings).write(drafts, pool, funnel(pool, drafts.counts()), out, desk.progress());
        }
    }

    private void refuseNone(ReviewCounts counts) {
        if (counts.total() == 0) {
            throw new InputException(build + " has no drafts: there is nothing to export");
        }
    }

    private Store open() {
        return new ReviewFolder(build).drafts(store);
    }

    private static Drafts drafts(Store store) {
        return new Drafts(store.dataSource(), store.postgres());
    }

    private Path pool() {
        return new ReviewFolder(build).pictures(pictures, "--pool");
    }

    private ExportFunnel funnel(Path pool, ReviewCounts counts) {
        ExportFunnel funnel = new ExportFunnel(List.of());
        if (Files.exists(pool.resolve(IntakeSummary.NAME))) {
            IntakeSummary intake = IntakeSummary.read(new Pool(pool));
            funnel = funnel.then("pictures that the sources have", intake.present())
                    .then("pictures looked at", intake.seen())
                    .then("pictures in the pool", intake.pooled());
        }
        Path built = build.resolve(BuildWork.FUNNEL);
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
        return switch (new ReviewFolder(build).verb()) {
            case ImportWork.VERB -> "drafts of records that were imported";
            case ReviewFolder.VERB -> "samples that were imported for review";
            default -> "drafts by the agents";
        };
    }
}
