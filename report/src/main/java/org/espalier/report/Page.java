package org.espalier.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espalier.report.draw.Emblem;
import org.espalier.report.draw.Html;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;

/** The whole page: one file without scripts that asks nothing of the network. */
final class Page {
    /** Even a path that got round the escaping could load nothing and run nothing. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private final Runs runs;
    private final List<Section> sections;

    Page(Runs runs) {
        this.runs = runs;
        this.sections = sections(runs);
    }

    String html() {
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        Html.element("html")
                .attribute("lang", "en")
                .add(head(), Html.element("body").add(header(), main(), footer()))
                .write(out);
        return out.append('\n').toString();
    }

    private static Html head() {
        return Html.element("head")
                .add(
                        Html.element("meta").attribute("charset", "utf-8"),
                        Html.element("meta")
                                .attribute("http-equiv", "Content-Security-Policy")
                                .attribute("content", POLICY),
                        Html.element("meta")
                                .attribute("name", "viewport")
                                .attribute("content", "width=device-width, initial-scale=1"),
                        Html.element("meta").attribute("name", "color-scheme").attribute("content", "light dark"),
                        Html.element("title").add("Espalier report"),
                        Html.style(css()));
    }

    static String css() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Html header() {
        Html nav = Html.element("nav").add(sections.stream().map(Section::link).toList());
        return Html.element("header")
                .add(
                        Emblem.draw(),
                        Html.element("div")
                                .add(
                                        Html.element("h1").add("Safety-aware reasoning path optimization"),
                                        Html.element("p", "lead").add(new Summary(runs).text()),
                                        nav));
    }

    private Html main() {
        return Html.element("main").add(content());
    }

    Html content() {
        return Html.all(sections.stream().map(Section::html).toList());
    }

    private static List<Section> sections(Runs runs) {
        List<BenchRun> benches = runs.benches();
        List<Section> sections = new ArrayList<>();
        if (!benches.isEmpty()) {
            sections.add(new RatesSection(benches).section());
            sections.add(new PairedSection(PairedRow.of(benches)).section());
            sections.add(new WrongStepsSection(benches).section());
        }
        Optional<BenchRun> base = Example.base(benches);
        Optional<BenchRun> tuned = Example.tuned(benches);
        if (base.isPresent() && tuned.isPresent()) {
            sections.add(new PathsSection(base.get(), tuned.get()).section());
        }
        runs.explorations().forEach(run -> sections.add(new ExplorationSection(run).section()));
        if (!runs.trainings().isEmpty()) {
            sections.add(new TrainingSection(runs.trainings()).section());
        }
        sections.add(new ProvenanceSection(runs.all()).section());
        sections.removeIf(Section::isEmpty);
        return sections;
    }

    private static Html footer() {
        return Html.element("footer")
                .add(Html.element("p")
                        .add("Every rate can be counted again from answers.jsonl and judgements.jsonl of its run."
                                + " Paths are shown as the models wrote them; some give bad advice."));
    }
}
