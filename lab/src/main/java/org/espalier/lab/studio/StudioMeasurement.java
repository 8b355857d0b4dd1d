package org.espalier.lab.studio;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.ScratchFolder;
import org.espalier.lab.process.EspalierProcess;

/**
 * How quick the studio is at so many drafts, or answers.
 *
 * @param startSeconds from the start of the process until it listens, all drafts imported
 * @param startedMib memory of the process then
 * @param servedMib and after all requests
 */
public record StudioMeasurement(
        int items, double startSeconds, OptionalLong startedMib, OptionalLong servedMib, List<Figure> figures) {
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/\\?token=[\\w-]+)\\s");

    /** Measures a review, in a folder that is gone afterwards. */
    public static StudioMeasurement ofDrafts(int drafts, int runs, Consumer<String> say, Progress progress)
            throws InterruptedException {
        return in(scratch -> {
            say.accept("Writing " + drafts + " drafts.");
            Path file = SyntheticDrafts.write(scratch.resolve("data"), drafts, 3);
            return measured(
                    scratch,
                    List.of(scratch.resolve("review").toString(), "--import", file.toString()),
                    drafts,
                    browser -> StudioBenchmark.run(browser, "/review/review", drafts, runs, progress));
        });
    }

    /** Measures the answers of a benchmark run, likewise. */
    public static StudioMeasurement ofAnswers(int answers, int runs, Consumer<String> say, Progress progress)
            throws InterruptedException {
        return in(scratch -> {
            say.accept("Writing " + answers + " answers.");
            Path run = scratch.resolve("run");
            SyntheticAnswers.write(run, answers, 3);
            return measured(
                    scratch,
                    List.of(run.toString()),
                    answers,
                    browser -> AnswersBenchmark.run(browser, "/run/run", answers, runs, progress));
        });
    }

    private interface InFolder {
        StudioMeasurement of(Path scratch) throws IOException, InterruptedException;
    }

    private interface Requests {
        List<Figure> of(Browser browser) throws IOException;
    }

    private static StudioMeasurement in(InFolder work) throws InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.make()) {
            return work.of(scratch.path());
        } catch (IOException e) {
            throw new SurroundingsException("the studio could not be measured: " + e.getMessage(), e);
        }
    }

    private static StudioMeasurement measured(Path scratch, List<String> arguments, int items, Requests requests)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("studio"));
        words.addAll(arguments);
        long start = System.nanoTime();
        try (EspalierProcess studio = EspalierProcess.alike(scratch.resolve("studio.log"), words);
                Browser browser = new Browser(URI.create(studio.says(ADDRESS)))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            OptionalLong started = studio.residentMib();
            List<Figure> figures = requests.of(browser);
            return new StudioMeasurement(items, seconds, started, studio.residentMib(), figures);
        }
    }
}
