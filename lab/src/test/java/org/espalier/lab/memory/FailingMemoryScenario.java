package org.espalier.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.app.command.CommandLines;
import org.espalier.app.console.Interruption;
import org.espalier.core.file.Folders;
import org.espalier.tensor.check.FailingMemory;

/**
 * Commands that find no memory from a certain tensor on, at places all over their work: each ends with one sentence and 3, keeps the
 * lines that it wrote, and ends in the same bytes when it is started again.
 */
public final class FailingMemoryScenario implements Runnable {
    private static final int PLACES = 6;
    private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));
    private static final String MODEL = ROOT.resolve("greenhouse/model").toString();
    private static final String RECIPE = ROOT.resolve("recipes/greenhouse.yaml").toString();

    @Override
    public void run() {
        try {
            Path folder = Files.createTempDirectory("espalier-memory");
            String world = folder.resolve("world").toString();
            done("greenhouse world --size train=4 --size validation=2 --size test-seen=2 --size test-combinations=2"
                    + " --size test-drawings=2 --out " + world);
            String data = world + "/train/ssui.jsonl";
            String explore = "explore --trunk-attempts 2 --branch-samples 2 --examples 0 --group-size 2 --model "
                    + MODEL + " --recipe " + RECIPE + " --data " + data + " --out ";
            String explored = failing(folder, explore, "trees.jsonl");
            String train = "train --method srpo --examples 0 --batch 2 --epochs 2 --threads 1 --model " + MODEL
                    + " --recipe " + RECIPE + " --trees " + explored + " --out ";
            failing(folder, train, "metrics.jsonl", "adapter/adapter_model.safetensors");
            Folders.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the folder of the run that had all the memory that it wanted */
    private static String failing(Path folder, String command, String... files) throws IOException {
        Path whole = folder.resolve(command.substring(0, 5));
        FailingMemory.enoughFor(Long.MAX_VALUE);
        done(command + whole);
        long all = FailingMemory.tensors();
        assertThat(all).isGreaterThan(1000);
        for (int place = 0; place < PLACES; place++) {
            Path run = folder.resolve(command.substring(0, 5) + place);
            List<String> said = new ArrayList<>();
            FailingMemory.enoughFor(all * place / PLACES);
            assertThat(run(command + run, said))
                    .as("%d of %d: %s", place, PLACES, said)
                    .isEqualTo(3);
            FailingMemory.enoughFor(Long.MAX_VALUE);
            assertThat(said)
                    .as("%d of %d", place, PLACES)
                    .singleElement()
                    .asString()
                    .contains("memory");
            List<String> kept = lines(run.resolve(files[0]));
            done(command + run);
            assertThat(lines(run.resolve(files[0])).subList(0, kept.size())).isEqualTo(kept);
            for (String file : files) {
                assertThat(run.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
        return whole.toString();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void done(String command) {
        List<String> said = new ArrayList<>();
        assertThat(run(command, said)).as(() -> command + ": " + said).isZero();
    }

    /** @param said gets what was said of mistakes; how far the work has come is said beside it */
    private static int run(String command, List<String> said) {
        StringWriter err = new StringWriter();
        int code = CommandLines.espalier(new PrintWriter(new StringWriter()), new PrintWriter(err), new Interruption())
                .execute(command.split(" "));
        assertThat(err.toString()).doesNotContain("\tat ", "Exception");
        err.toString().lines().filter(line -> line.startsWith("espalier: ")).forEach(said::add);
        return code;
    }
}
