package org.espalier.report;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.report.draw.Html;
import org.espalier.report.run.Runs;

/**
 * Writes the report of some runs. Their folders may be given in any order; a folder that holds run folders stands for
 * all of them. What a run is, its {@code run.json} says; what is absent is left out.
 *
 * <p>All three throw {@link InputException} where a folder holds no run, or a file of a run is broken.
 */
public final class Report {
    private Report() {}

    /** One HTML file that needs no other, no network and no script. */
    public static void write(List<Path> runFolders, Path htmlFile) {
        AtomicFile.write(htmlFile, new Page(Runs.read(runFolders)).html());
    }

    /** The sections of such a page, to stand in another. */
    public static Html sections(List<Path> runFolders) {
        return new Page(Runs.read(runFolders)).content();
    }

    /** What the sections look like. */
    public static String styleSheet() {
        return Page.css();
    }

    /** The figures, comparisons and records as JSON. */
    public static void writeJson(List<Path> runFolders, Path jsonFile) {
        AtomicFile.write(jsonFile, Json.page(new ReportJson(Runs.read(runFolders)).tree()));
    }

    /** The paragraph and the tables as Markdown. */
    public static void writeMarkdown(List<Path> runFolders, Path markdownFile) {
        AtomicFile.write(markdownFile, new ReportMarkdown(Runs.read(runFolders)).text());
    }
}
