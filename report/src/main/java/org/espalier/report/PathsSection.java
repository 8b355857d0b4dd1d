package org.espalier.report;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Asked;
import org.espalier.bench.rsbench.ScoredPath;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.Risk;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.Picture;
import org.espalier.report.draw.TreeDrawing;
import org.espalier.report.run.BenchRun;

/** Paths of the base model beside those of the tuned one, the first wrong step marked. */
final class PathsSection {
    private final BenchRun base;
    private final BenchRun tuned;

    PathsSection(BenchRun base, BenchRun tuned) {
        this.base = base;
        this.tuned = tuned;
    }

    Section section() {
        Section section = new Section("paths", "Paths before and after");
        List<Example> examples = Example.choose(base, tuned);
        if (examples.isEmpty()) {
            return section;
        }
        section.add(Html.element("p")
                .add("The base model’s first path beside that of "
                        + tuned.method().label()
                        + ". Chosen by verdict alone, each the first of its kind in the order of the data: mended ones,"
                        + " one that got worse, one that stayed wrong."));
        examples.forEach(example -> section.add(card(example)));
        return section;
    }

    private Html card(Example example) {
        Asked asked = example.before().answer().asked();
        Optional<String> picture = base.info().dataFolder().flatMap(folder -> Picture.embed(folder, asked.image()));
        Html image = picture.<Html>map(address -> Html.element("img")
                        .attribute("src", address)
                        .attribute("alt", "the picture of question " + asked.id()))
                .orElseGet(() -> Html.element("div", "no-picture").add("the picture was not found"));
        Element question = Html.element("div", "question")
                .add(
                        image,
                        Html.element("div")
                                .add(
                                        Html.element("p", "kind")
                                                .add(example.kind().words()),
                                        Html.element("p", "query").add(TreeDrawing.clip(asked.query())),
                                        Html.element("p", "facts").add(facts(asked))));
        return Html.element("article", "card")
                .add(
                        question,
                        side(base.method().label(), example.before()),
                        side(tuned.method().label(), example.after()));
    }

    private static String facts(Asked asked) {
        return (asked.risk() == Risk.UNSAFE ? "unsafe" : "safe twin") + " · " + asked.category()
                + asked.split().map(split -> " · " + Wording.split(split)).orElse("") + " · " + asked.id();
    }

    private static Html side(String label, ScoredPath path) {
        Judged judged = path.judged().orElseThrow();
        int wrong = judged.firstWrongStep().orElse(Integer.MAX_VALUE);
        Element steps = Html.element("ol", "steps");
        List<String> said = path.answer().steps();
        for (int i = 0; i < said.size(); i++) {
            int number = i + 1;
            String style = number == wrong ? "wrong" : number > wrong ? "after" : "";
            Element step = Html.element("li", style).add(TreeDrawing.clip(said.get(i)));
            if (number == wrong) {
                step.add(Html.element("span", "flag").add("✗ first wrong step"));
            }
            steps.add(step);
        }
        Element side = Html.element("div", "side")
                .add(
                        Html.element("p", "head")
                                .add(
                                        Html.element("b").add(label),
                                        chip(judged.safe(), "safe", "unsafe"),
                                        chip(judged.effective(), "effective", "not effective")),
                        steps);
        if (path.answer().cutOff()) {
            side.add(Html.element("p", "why").add("The token budget cut this path off."));
        }
        if (!judged.reason().isEmpty()) {
            side.add(Html.element("p", "why").add(TreeDrawing.clip(judged.reason())));
        }
        return side;
    }

    private static Html chip(boolean good, String yes, String no) {
        return Html.element("span", "chip " + (good ? "good" : "bad")).add(good ? "✓ " + yes : "✗ " + no);
    }
}
