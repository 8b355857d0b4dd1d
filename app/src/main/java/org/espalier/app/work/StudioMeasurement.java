package org.espalier.app.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.espalier.studio.perf.Browser;
import org.espalier.studio.perf.Figure;
import org.espalier.studio.perf.StudioBenchmark;
import org.espalier.studio.perf.SyntheticDrafts;

/**
 * How quick the studio is at so many drafts.
 *
 * @param importSeconds from the start of the process until it listens, everything imported
 * @param importedMib memory of the process then
 * @param servedMib and after all requests
 */
public record StudioMeasurement(
        int drafts, double importSeconds, OptionalLong importedMib, OptionalLong servedMib, List<Figure> figures) {

    /** Measures, in a folder that is gone afterwards. */
    public static StudioMeasurement of(int drafts, int runs, Desk desk) {
        Path scratch = Scratch.folder();
        try {
            desk.say("Writing " + drafts + " drafts.");
            Path file = SyntheticDrafts.write(scratch.resolve("data"), drafts, 3);
            Path review = scratch.resolve("review");
            long start = System.nanoTime();
            try (StudioProcess studio = StudioProcess.start(List.of(review.toString(), "--import", file.toString()));
                    Browser browser = new Browser(studio.address())) {
                double seconds = (System.nanoTime() - start) / 1e9;
                OptionalLong imported = studio.residentMib();
                List<Figure> figures = StudioBenchmark.run(browser, "/review/review", drafts, runs, desk.progress());
                return new StudioMeasurement(drafts, seconds, imported, studio.residentMib(), figures);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Scratch.remove(scratch);
        }
    }
}
