package org.espalier.report;

import java.util.List;
import org.espalier.bench.rsbench.Asked;
import org.espalier.bench.rsbench.ScoredPath;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.Risk;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.AnswerReader;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
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
        Html image = EmbeddedPicture.shown(base.info().pictures(), asked.image(), asked.id());
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
        Html steps = AnswerDrawing.steps(
                path.answer().steps().stream().map(TreeDrawing::clip).toList(),
                judged.firstWrongStep().orElse(0));
        Element side = Html.element("div", "side")
                .add(
                        Html.element("p", "head")
                                .add(Html.element("b").add(label), AnswerDrawing.chips(AnswerReader.findings(judged))),
                        steps);
        if (path.answer().cutOff()) {
            side.add(Html.element("p", "why").add("The token budget cut this path off."));
        }
        if (!judged.reason().isEmpty()) {
            side.add(Html.element("p", "why").add(TreeDrawing.clip(judged.reason())));
        }
        return side;
    }
}
