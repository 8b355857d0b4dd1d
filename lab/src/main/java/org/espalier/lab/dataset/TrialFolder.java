package org.espalier.lab.dataset;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.lab.process.EspalierProcess;

/**
 * Pictures of the greenhouse, their pool and endpoints files, in a folder that later trials use again.
 *
 * @param folder holds all of it
 */
record TrialFolder(Path folder) {
    private static final int HEAP = 1024;

    /** Draws pictures and takes them into a pool, as far as that was not done before. */
    static TrialFolder prepare(Path folder, int pictures, int kilobytes) throws InterruptedException {
        TrialFolder prepared = new TrialFolder(Folders.make(folder));
        String drawing = "greenhouse world --pictures " + pictures + " --kilobytes " + kilobytes + " --out";
        prepared.run("world", drawing, folder.resolve("world"));
        prepared.run("intake", "ssui intake --near -1 --out", prepared.pool(), folder.resolve("world/images"));
        return prepared;
    }

    private void run(String name, Object... words) throws InterruptedException {
        EspalierProcess.finish(HEAP, folder.resolve(name + ".log"), EspalierProcess.words(words));
    }

    Path pool() {
        return folder.resolve("pool");
    }

    /** A folder for runs that was not there before. */
    Path fresh() {
        int number = 1;
        while (Files.exists(folder.resolve("run-" + number))) {
            number++;
        }
        return folder.resolve("run-" + number);
    }

    /** An endpoints file for a server. */
    Path endpoints(String name, URI base, int concurrency, int retries) {
        Path file = folder.resolve(name + ".yaml");
        AtomicFile.write(file, """
            endpoints:
              played:
                base-url: %s
                model: greenhouse
                concurrency: %d
                retries: %d
            """.formatted(base, concurrency, retries));
        return file;
    }

    /** The words of a build of this pool. */
    List<String> build(Path endpoints, Path out) {
        Path taxonomy = folder.resolve("world/taxonomy.json");
        return EspalierProcess.words(
                "ssui build", "--pool", pool(), "--endpoints", endpoints, "--taxonomy", taxonomy, "--out", out);
    }
}
