package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.report.Example.Measured;
import org.espalier.report.answer.AnswerDrawing;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.TreeDrawing;
import org.espalier.report.run.RunPictures;

/** Paths of the base model beside those of the tuned one, the first wrong step marked. */
record PathsSection(Measured base, Measured tuned) {
    ReportSection section() {
        ReportSection section = new ReportSection("paths", "Paths before and after");
        List<Example> examples = Example.choose(base, tuned);
        if (examples.isEmpty()) {
            return section;
        }
        section.say("The base model’s first path beside that of "
                + tuned.label()
                + ". Chosen by verdict alone, each the first of its kind in the order of the data: mended ones,"
                + " one that got worse, one that stayed wrong.");
        RunPictures pictures = RunPictures.of(base.run());
        examples.forEach(example -> section.add(card(example, pictures)));
        return section;
    }

    private Html card(Example example, RunPictures pictures) {
        ShownAnswer asked = example.before();
        Html image = EmbeddedPicture.shown(pictures.folderOf(asked.image()), asked.image(), asked.id());
        Element question = Html.div(
                "question",
                image,
                Html.div(
                        Html.p("kind", example.kind().words()),
                        Html.p("query", TreeDrawing.clip(asked.query())),
                        Html.p("facts", facts(asked))));
        return element("article", "card")
                .add(question, side(base.label(), example.before()), side(tuned.label(), example.after()));
    }

    private static String facts(ShownAnswer asked) {
        return Stream.of(
                        asked.kind(),
                        asked.cell(),
                        asked.split().map(ReportWording::split).orElse(""),
                        asked.id())
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static Html side(String label, ShownAnswer path) {
        return AnswerDrawing.side(element("b").add(label), path, TreeDrawing::clip);
    }
}
