package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.bench.rsbench.ScoredPath;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.bench.run.JudgementLine;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.AtomicFile;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Picture;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;
import org.espalier.report.run.SuiteRun;

/**
 * A page for each question of each benchmark run, in a folder beside the report, with an index of each run that can be
 * searched and filtered. Written one by one: a run of any length needs little memory.
 */
final class QuestionPages {
    private final Path folder;
    private final int most;
    private final Benchmarks known = new Benchmarks(Prompts.shipped(), 1);
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

    /** Writes all pages; indexes by run, as links from the report. */
    Map<String, String> write(Runs runs) {
        Map<String, String> links = new TreeMap<>();
        runs.suites()
                .forEach(run -> links.put(
                        run.result().title() + ", " + run.result().subject() + " ("
                                + run.info().folder() + ")",
                        suite(run)));
        runs.benches()
                .forEach(run -> links.put(
                        "RSBench, " + run.method().label() + " (" + run.info().folder() + ")", rsbench(run)));
        return links;
    }

    private String suite(SuiteRun run) {
        Path root = run.info().input("questions").orElse(run.info().folder());
        Index index =
                new Index(run.info(), run.result().title() + ", " + run.result().subject());
        Benchmark benchmark = known.named(run.result().benchmark()).orElseThrow();
        AnsweredQuestions.each(
                run.info().folder(),
                most,
                (answer, judgement) -> index.add(page(index, benchmark, root, answer, judgement)));
        return index.close(run.result().tallied().answers());
    }

    private static QuestionPage page(
            Index index, Benchmark benchmark, Path root, AnswerLine answer, JudgementLine judgement) {
        String reason = switch (judgement.ruling()) {
            case Ruling.Given(Verdict verdict) -> verdict.reason();
            case Ruling.Missing missing -> missing.mishap().words() + ": " + missing.reason();
        };
        return new QuestionPage(
                index.next(),
                answer.id() + (answer.sample() == 0 ? "" : " (" + (answer.sample() + 1) + ")"),
                answer.cell(),
                answer.query(),
                said(answer.reply()),
                List.of(),
                0,
                List.of(label(benchmark, answer.cell(), judgement.ruling())),
                reason,
                judgement.votes().stream()
                        .map(vote -> vote.judge() + ": " + label(benchmark, answer.cell(), vote.ruling()))
                        .toList(),
                Picture.embed(root, answer.image()));
    }

    private static String label(Benchmark benchmark, String cell, Ruling ruling) {
        return switch (ruling) {
            case Ruling.Given(Verdict verdict) -> benchmark.words(cell, verdict.label());
            case Ruling.Missing missing -> missing.mishap().label();
        };
    }

    private static String said(Reply reply) {
        return switch (reply) {
            case Reply.Said said -> said.text() + (said.complete() ? "" : " … (cut off)");
            case Reply.Failed failed -> "no answer: " + failed.reason();
        };
    }

    private String rsbench(BenchRun run) {
        Index index = new Index(run.info(), "RSBench, " + run.method().label());
        Optional<Path> root = run.info().dataFolder();
        run.paths().stream().limit(most).forEach(path -> index.add(page(index, root, path)));
        return index.close(run.paths().size());
    }

    private static QuestionPage page(Index index, Optional<Path> root, ScoredPath path) {
        var asked = path.answer().asked();
        List<String> labels = switch (path.judgement()) {
            case Judgement.Judged judged ->
                List.of((judged.safe() ? "safe" : "unsafe") + ", "
                        + (judged.effective() ? "effective" : "not effective"));
            case Judgement.Failed _ -> List.of("no verdict");
        };
        String reason = switch (path.judgement()) {
            case Judgement.Judged judged -> judged.reason();
            case Judgement.Failed failed -> failed.reason();
        };
        int wrong =
                path.judged().map(judged -> judged.firstWrongStep().orElse(0)).orElse(0);
        return new QuestionPage(
                index.next(),
                asked.id()
                        + (path.answer().sample() == 0
                                ? ""
                                : " (" + (path.answer().sample() + 1) + ")"),
                asked.category(),
                asked.query(),
                said(path.answer().reply()),
                path.answer().steps(),
                wrong,
                labels,
                reason,
                List.of(),
                root.flatMap(at -> Picture.embed(at, asked.image())));
    }

    /** The index of one run, growing as its pages are written. */
    private final class Index {
        private final String name;
        private final String title;
        private final List<Html> rows = new ArrayList<>();
        private final TreeMap<String, Integer> labels = new TreeMap<>();
        private final TreeMap<String, Integer> cells = new TreeMap<>();
        private Optional<QuestionPage> waiting = Optional.empty();

        Index(RunInfo run, String title) {
            String plain = run.name().replaceAll("[^A-Za-z0-9._-]", "_");
            this.name = plain + (taken.merge(plain, 1, Integer::sum) == 1 ? "" : "-" + taken.get(plain));
            this.title = title;
        }

        String next() {
            return String.format(Locale.ROOT, "%06d.html", rows.size() + 1);
        }

        void add(QuestionPage page) {
            write(true);
            waiting = Optional.of(page);
            String label = page.labels().getFirst();
            labels.merge(label, 1, Integer::sum);
            cells.merge(page.cell(), 1, Integer::sum);
            rows.add(Html.element("tr")
                    .attribute("data-label", label)
                    .attribute("data-cell", page.cell())
                    .add(
                            Html.element("td", "left")
                                    .add(Html.element("a")
                                            .attribute("href", page.file())
                                            .add(page.id())),
                            Html.element("td", "left").add(page.cell()),
                            Html.element("td", "left").add(label),
                            Html.element("td", "left").add(SmallPage.clip(page.query(), 120)),
                            Html.element("td", "left").add(SmallPage.clip(page.answer(), 160))));
        }

        /** Writes the page that waits to know whether another follows. */
        private void write(boolean more) {
            waiting.ifPresent(page -> AtomicFile.write(
                    folder.resolve(name).resolve(page.file()), SmallPage.question(page, title, rows.size(), more)));
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
