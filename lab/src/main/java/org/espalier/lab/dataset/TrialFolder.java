package org.espalier.lab.dataset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
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
        TrialFolder prepared = new TrialFolder(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        prepared.run(
                "world",
                "greenhouse",
                "world",
                "--pictures",
                String.valueOf(pictures),
                "--kilobytes",
                String.valueOf(kilobytes),
                "--out",
                folder.resolve("world").toString());
        prepared.run(
                "intake",
                "ssui",
                "intake",
                folder.resolve("world/images").toString(),
                "--near",
                "-1",
                "--out",
                prepared.pool().toString());
        return prepared;
    }

    private void run(String name, String... words) throws InterruptedException {
        try (EspalierProcess child = EspalierProcess.brief(HEAP, folder.resolve(name + ".log"), List.of(words))) {
            child.succeeds();
        }
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
        return List.of(
                "ssui",
                "build",
                "--pool",
                pool().toString(),
                "--endpoints",
                endpoints.toString(),
                "--taxonomy",
                folder.resolve("world/taxonomy.json").toString(),
                "--out",
                out.toString());
    }
}
