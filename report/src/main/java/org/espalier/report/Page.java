package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.Shipped;
import org.espalier.report.draw.Emblem;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;

/** The whole page: one file without scripts that asks nothing of the network. */
final class Page {
    /** Even a path that got round the escaping could load nothing and run nothing. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    static final String TITLE = "Espalier report";

    private final Runs runs;
    private final List<ReportSection> sections;

    /**
     * @param questions indexes of pages beside the report, by the runs they are of
     * @param differences between the ways in which runs were measured, where they are reported together all the same
     */
    Page(Runs runs, Map<String, String> questions, List<String> differences) {
        this.runs = runs;
        this.sections = sections(runs, questions, differences);
    }

    String html() {
        return whole(TITLE, "", header(), element("main").add(content()), footer());
    }

    /** @param more of the content security policy */
    static String whole(String title, String more, Html... body) {
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        element("html")
                .attribute("lang", "en")
                .add(head(title, more), element("body").add(body))
                .write(out);
        return out.append('\n').toString();
    }

    private static Html head(String title, String more) {
        return element("head")
                .add(
                        element("meta").attribute("charset", "utf-8"),
                        element("meta")
                                .attribute("http-equiv", "Content-Security-Policy")
                                .attribute("content", POLICY + more),
                        element("meta")
                                .attribute("name", "viewport")
                                .attribute("content", "width=device-width, initial-scale=1"),
                        element("meta").attribute("name", "color-scheme").attribute("content", "light dark"),
                        element("title").add(title),
                        Html.style(css()));
    }

    static String css() {
        return Shipped.text(Page.class, "report.css");
    }

    private Html header() {
        Html nav = element("nav").add(sections.stream().map(ReportSection::link).toList());
        return element("header")
                .add(
                        Emblem.draw(),
                        Html.div(
                                element("h1").add(new Summary(runs).title()),
                                Html.p("lead", new Summary(runs).text()),
                                nav));
    }

    Html content() {
        return Html.all(sections.stream().map(ReportSection::html).toList());
    }

    private static List<ReportSection> sections(Runs runs, Map<String, String> questions, List<String> differences) {
        List<ReportSection> sections = new ArrayList<>();
        if (!differences.isEmpty()) {
            sections.add(measuredDifferently(differences));
        }
        if (!runs.withoutParts().isEmpty()) {
            sections.add(new BenchmarksSection(runs.withoutParts(), differences.isEmpty()).section());
            sections.add(new Table1Section(runs.withoutParts(), differences).section());
            sections.add(new BaselinesSection(runs).section());
        }
        sections.add(new LambdaSection(runs).section());
        for (List<BenchRun> benches : runs.withParts()) {
            sections.add(new RatesSection(benches, differences.isEmpty()).section());
            sections.add(new PairedSection(PairedRow.of(benches)).section());
            sections.add(new WrongStepsSection(benches).section());
            Example.tuned(benches)
                    .ifPresent(tuned -> Example.base(benches, tuned)
                            .ifPresent(base ->
                                    sections.add(new PathsSection(Example.Measured.of(base), Example.Measured.of(tuned))
                                            .section())));
        }
        sections.add(new BuildsSection(runs.all()).section());
        int explorations = runs.explorations().size();
        for (int i = 0; i < explorations; i++) {
            sections.add(new ExplorationSection(runs.explorations().get(i), i + 1, explorations).section());
        }
        if (!runs.trainings().isEmpty()) {
            sections.add(new TrainingSection(runs.trainings()).section());
        }
        if (!questions.isEmpty()) {
            sections.add(questions(questions));
        }
        sections.add(new ProvenanceSection(runs.all()).section());
        sections.removeIf(ReportSection::isEmpty);
        return sections;
    }

    private static ReportSection measuredDifferently(List<String> differences) {
        ReportSection section = new ReportSection("protocols", "Measured differently");
        section.say(
                "Rows below were measured in different ways; a difference between them says little" + " about models.");
        Element list = element("ul");
        differences.forEach(difference -> list.add(element("li").add(difference)));
        return section.add(list);
    }

    private static ReportSection questions(Map<String, String> indexes) {
        ReportSection section = new ReportSection("questions", "Question by question");
        section.say("Every question has a page beside this one; each index can be searched.");
        Element list = element("ul");
        indexes.forEach((run, link) ->
                list.add(element("li").add(element("a").attribute("href", link).add(run))));
        return section.add(list);
    }

    private static Html footer() {
        return element("footer")
                .add(element("p")
                        .add("Every rate can be counted again from answers.jsonl and judgements.jsonl of its run."
                                + " Paths are shown as the models wrote them; some give bad advice."));
    }
}
