package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.AnswerReader;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.Html;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.RunPictures;
import org.espalier.report.run.Runs;

/**
 * A page for each question of each benchmark run, in a folder beside the report, with an index of each run that can be
 * searched and filtered. Written one by one: a run of any length needs little memory.
 */
final class QuestionPages {
    private final Path folder;
    private final int most;
    private final Map<String, Integer> taken = new TreeMap<>();

    /**
     * @param folder that the pages go to
     * @param most answers of a run that get a page
     */
    QuestionPages(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /** The folder that belongs to a report. */
    static Path beside(Path html) {
        String name = String.valueOf(html.getFileName()).replaceFirst("\\.html?$", "");
        return html.toAbsolutePath().resolveSibling(name + "-questions");
    }

    /** Writes all pages, or leaves no new folder; indexes by run, as links from the report. */
    Map<String, String> write(Runs runs) {
        boolean isNew = !Files.exists(folder);
        try {
            Map<String, String> links = new TreeMap<>();
            runs.benches()
                    .forEach(run -> links.put(
                            run.result().title() + ", " + run.label() + " ("
                                    + run.info().folder() + ")",
                            write(run)));
            return links;
        } catch (RuntimeException e) {
            if (isNew) {
                Folders.deleteAll(folder);
            }
            throw e;
        }
    }

    private String write(BenchRun run) {
        Index index = new Index(run.info(), run.result().title() + ", " + run.label());
        AnswerReader reader =
                AnswerReader.of(run.result().benchmark(), run.info().folder());
        AnsweredQuestions.each(
                run.info().folder(), most, (answer, judgement) -> index.add(reader.of(answer, Optional.of(judgement))));
        return index.close(run.result().counts().answers());
    }

    /** The index of one run, growing as its pages are written. */
    private final class Index {
        private final String name;
        private final String title;
        private final List<Html> rows = new ArrayList<>();
        private final TreeMap<String, Integer> labels = new TreeMap<>();
        private final TreeMap<String, Integer> cells = new TreeMap<>();
        private final RunPictures pictures;
        private Optional<ShownAnswer> waiting = Optional.empty();

        Index(RunInfo run, String title) {
            String plain = run.name().replaceAll("[^A-Za-z0-9._-]", "_");
            this.name = plain + (taken.merge(plain, 1, Integer::sum) == 1 ? "" : "-" + taken.get(plain));
            this.title = title;
            this.pictures = RunPictures.of(run);
        }

        void add(ShownAnswer answer) {
            write(true);
            waiting = Optional.of(answer);
            String label = answer.label();
            labels.merge(label, 1, Integer::sum);
            cells.merge(answer.cell(), 1, Integer::sum);
            rows.add(element("tr")
                    .attribute("data-label", label)
                    .attribute("data-cell", answer.cell())
                    .add(
                            element("td", "left")
                                    .add(element("a")
                                            .attribute("href", SmallPage.file(rows.size() + 1))
                                            .add(answer.title())),
                            element("td", "left").add(answer.cell()),
                            element("td", "left").add(label),
                            element("td", "left").add(AnswerDrawing.line(answer.query(), 120)),
                            element("td", "left").add(AnswerDrawing.line(answer.text(), 160))));
        }

        /** Writes the page that waits to know whether another follows. */
        private void write(boolean more) {
            int number = rows.size();
            waiting.ifPresent(answer -> AtomicFile.write(
                    folder.resolve(name).resolve(SmallPage.file(number)),
                    SmallPage.question(answer, title, pictures, number, more)));
        }

        /** @return the index, from the report's own folder */
        String close(long answers) {
            write(false);
            String note = rows.size() < answers
                    ? "The first " + rows.size() + " of " + answers + " answers; --questions takes more."
                    : rows.size() + " answers.";
            AtomicFile.write(
                    folder.resolve(name).resolve("index.html"), SmallPage.index(title, note, labels, cells, rows));
            return folder.getFileName() + "/" + name + "/index.html";
        }
    }
}
