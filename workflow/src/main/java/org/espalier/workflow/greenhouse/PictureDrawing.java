package org.espalier.workflow.greenhouse;

import java.nio.file.Path;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.greenhouse.data.GreenhousePictures;
import org.espalier.greenhouse.data.GreenhouseTaxonomy;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.workflow.run.RunPlans;

/**
 * The drawing of pictures of the greenhouse for the dataset builder, and beside them what a build of them needs: the
 * greenhouse's categories and an endpoints file that names the server which plays the agents.
 *
 * @param kilobytes each file is made at least so large; 0 leaves them as they are
 * @param port where that server listens
 */
public record PictureDrawing(Path out, long worldSeed, int count, int kilobytes, Split split, String source, int port) {
    /** The pictures, below the folder. */
    public static final String IMAGES = "images";

    /** The greenhouse's categories. */
    public static final String TAXONOMY = "taxonomy.json";

    /** Who plays the agents. */
    public static final String ENDPOINTS = "endpoints.yaml";

    /** What is in the folder of the run; nothing is written. Refuses what {@link #run} would refuse. */
    public RunFolder.Found plan() {
        return RunFolder.inspect(out, this::runPlan);
    }

    /** On the disk, about. */
    public long megabytes() {
        return Math.max(1, (long) count * Math.max(kilobytes, 5) / 1000);
    }

    private RunPlan runPlan() {
        RunPlan.Builder plan = RunPlans.of("greenhouse world").seed("world", worldSeed);
        plan.setting("pictures", count, "flag --pictures").setting("kilobytes", kilobytes, "flag --kilobytes");
        plan.setting("split-seed", split.seed(), source);
        return plan.build();
    }

    /** Writes what is not there yet. */
    public void run(Progress progress) {
        try (RunFolder folder = RunFolder.open(out, runPlan())) {
            if (folder.finished()) {
                return;
            }
            World world = WorldFile.load();
            new GreenhousePictures(world, split)
                    .write(out.resolve(IMAGES), worldSeed, count, kilobytes * 1000, progress);
            AtomicFile.write(out.resolve(TAXONOMY), Json.page(GreenhouseTaxonomy.of(world)));
            AtomicFile.write(out.resolve(ENDPOINTS), endpoints());
            folder.finish();
        }
    }

    private String endpoints() {
        return """
                # The server that 'espalier greenhouse serve' starts.
                endpoints:
                  greenhouse:
                    provider: openai-compatible
                    base-url: http://127.0.0.1:%d/v1
                    model: greenhouse
                    concurrency: 64
                agents:
                  default: greenhouse
                """.formatted(port);
    }
}
