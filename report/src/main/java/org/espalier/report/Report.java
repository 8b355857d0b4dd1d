package org.espalier.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.bench.table.Column;
import org.espalier.bench.table.Table1;
import org.espalier.bench.table.TableText;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
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

    /** How many answers of a run get a page of their own where nothing is said. */
    public static final int QUESTIONS = 2000;

    /** How each form but the page begins: as JSON, Markdown, LaTeX, comma-separated values. */
    private static final List<String> BEGINNINGS = List.of(
            "{\n  \"summary\" : ",
            "# Espalier report\n",
            "\\begin{tabular}{l" + "r".repeat(Column.values().length) + "}\n\\toprule\nModels & ",
            "group,model,");

    /** One HTML file that needs no other, no network and no script; runs must be measured in one way. */
    public static void write(List<Path> runFolders, Path htmlFile) {
        write(runFolders, htmlFile, 0, false);
    }

    /**
     * The same, with a page for each question in a folder beside it.
     *
     * @param questions of each benchmark run that get one, at most
     * @param mix whether runs that were measured in different ways are reported together, unranked
     * @return which runs are left out and why, in sentences
     */
    public static List<String> write(List<Path> runFolders, Path htmlFile, int questions, boolean mix) {
        Runs runs = read(runFolders, mix);
        // Beside a device, as /dev/stdout is, there is no folder of ours.
        Map<String, String> pages = questions == 0 || FileTrouble.isDevice(htmlFile)
                ? Map.of()
                : new QuestionPages(QuestionPages.beside(htmlFile), questions).write(runs);
        AtomicFile.alone(htmlFile, new Page(runs, pages, ProtocolCheck.differences(runs)).html());
        return new Summary(runs).leftOut();
    }

    private static Runs read(List<Path> runFolders, boolean mix) {
        Runs runs = Runs.read(runFolders);
        if (!mix) {
            ProtocolCheck.requireOne(runs);
        }
        return runs;
    }

    /** Whether a report, in any of its forms, stands in a file, so that nothing is lost where another takes its place. */
    public static boolean isIn(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(2000), StandardCharsets.UTF_8);
            return (head.startsWith("<!doctype html>") && head.contains("<title>" + Page.TITLE + "</title>"))
                    || BEGINNINGS.stream().anyMatch(head::startsWith);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** The sections of such a page, to stand in another. */
    public static Html sections(List<Path> runFolders) {
        Runs runs = Runs.read(runFolders);
        return new Page(runs, Map.of(), ProtocolCheck.differences(runs)).content();
    }

    /** What the sections look like. */
    public static String styleSheet() {
        return Page.css();
    }

    /** The figures, comparisons and records as JSON. */
    public static void writeJson(List<Path> runFolders, Path jsonFile) {
        AtomicFile.alone(jsonFile, Json.page(new ReportJson(Runs.read(runFolders)).tree()));
    }

    /** The paragraph and the tables as Markdown. */
    public static void writeMarkdown(List<Path> runFolders, Path markdownFile) {
        AtomicFile.alone(markdownFile, new ReportMarkdown(Runs.read(runFolders)).text());
    }

    /** The paper's Table 1 with our rows as LaTeX. */
    public static void writeLatex(List<Path> runFolders, Path file) {
        AtomicFile.alone(file, TableText.latex(table1(runFolders)));
    }

    /** The same as comma-separated values. */
    public static void writeCsv(List<Path> runFolders, Path file) {
        AtomicFile.alone(file, TableText.csv(table1(runFolders)));
    }

    private static Table1 table1(List<Path> runFolders) {
        Runs runs = Runs.read(runFolders);
        return Table1Section.table(runs.withoutParts(), ProtocolCheck.differences(runs));
    }
}
