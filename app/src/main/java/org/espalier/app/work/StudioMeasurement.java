package org.espalier.app.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.espalier.app.console.Console;
import org.espalier.studio.perf.AnswersBenchmark;
import org.espalier.studio.perf.Browser;
import org.espalier.studio.perf.Figure;
import org.espalier.studio.perf.StudioBenchmark;
import org.espalier.studio.perf.SyntheticAnswers;
import org.espalier.studio.perf.SyntheticDrafts;
import org.espalier.workflow.run.ScratchFolder;

/**
 * How quick the studio is at so many drafts, or answers.
 *
 * @param startSeconds from the start of the process until it listens, all drafts imported
 * @param startedMib memory of the process then
 * @param servedMib and after all requests
 */
public record StudioMeasurement(
        int items, double startSeconds, OptionalLong startedMib, OptionalLong servedMib, List<Figure> figures) {

    /** Measures a review, in a folder that is gone afterwards. */
    public static StudioMeasurement ofDrafts(int drafts, int runs, Console console) {
        return in(scratch -> {
            console.say("Writing " + drafts + " drafts.");
            Path file = SyntheticDrafts.write(scratch.resolve("data"), drafts, 3);
            return measured(
                    List.of(scratch.resolve("review").toString(), "--import", file.toString()),
                    drafts,
                    browser -> StudioBenchmark.run(browser, "/review/review", drafts, runs, console.progress()));
        });
    }

    /** Measures the answers of a benchmark run, likewise. */
    public static StudioMeasurement ofAnswers(int answers, int runs, Console console) {
        return in(scratch -> {
            console.say("Writing " + answers + " answers.");
            Path run = scratch.resolve("run");
            SyntheticAnswers.write(run, answers, 3);
            return measured(
                    List.of(run.toString()),
                    answers,
                    browser -> AnswersBenchmark.run(browser, "/run/run", answers, runs, console.progress()));
        });
    }

    private interface InFolder {
        StudioMeasurement of(Path scratch) throws IOException;
    }

    private interface Requests {
        List<Figure> of(Browser browser) throws IOException;
    }

    private static StudioMeasurement in(InFolder work) {
        try (ScratchFolder scratch = ScratchFolder.make()) {
            return work.of(scratch.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StudioMeasurement measured(List<String> words, int items, Requests requests) throws IOException {
        long start = System.nanoTime();
        try (StudioProcess studio = StudioProcess.start(words);
                Browser browser = new Browser(studio.address())) {
            double seconds = (System.nanoTime() - start) / 1e9;
            OptionalLong begun = studio.residentMib();
            List<Figure> figures = requests.of(browser);
            return new StudioMeasurement(items, seconds, begun, studio.residentMib(), figures);
        }
    }
}
