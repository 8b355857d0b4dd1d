package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.core.PathTree;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.TreeDrawing;
import org.espalier.report.run.ExploreRun;
import org.espalier.report.run.RunPictures;

/**
 * What exploration found, with one question's tree drawn.
 *
 * @param number from 1, of {@code count} on the page: each has an anchor of its own, and its name where there are several
 */
record ExplorationSection(ExploreRun run, int number, int count) {
    ReportSection section() {
        ReportSection section = new ReportSection(
                number == 1 ? "exploration" : "exploration-" + number,
                count == 1 ? "Exploration" : "Exploration: " + run.info().name());
        section.say(found());
        run.richest().ifPresent(tree -> section.add(tree(tree)));
        return section;
    }

    private String found() {
        String outcomes = run.summary().outcomes().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
        String pairs = run.pairs().entrySet().stream()
                .map(entry -> entry.getValue() + " at step " + (entry.getKey() + 1))
                .collect(Collectors.joining(", "));
        return ReportWording.count(run.summary().questions(), "question", "questions") + ", "
                + ReportWording.count(run.summary().paths(), "path", "paths") + " drawn. Questions by outcome: "
                + outcomes + "."
                + (pairs.isEmpty() ? "" : " Contrastive pairs: " + pairs + ".");
    }

    private Html tree(PathTree tree) {
        Optional<Html> picture = RunPictures.of(run.info())
                .folderOf(tree.image())
                .flatMap(folder -> EmbeddedPicture.embed(folder, tree.image()))
                .map(address -> element("img")
                        .attribute("src", address)
                        .attribute("alt", "the picture of question " + tree.id()));
        Element question = Html.div(
                "question",
                picture.orElseGet(Html::nothing),
                Html.div(Html.p("query", TreeDrawing.clip(tree.query())), Html.p("facts", tree.id())));
        return Html.all(
                element("h3").add("One question’s tree"),
                element("p")
                        .add("The question with the most contrastive pairs (the first of those in the file). Down the"
                                + " middle the trunk, a path of the model’s own that ends in the right answer. Beside"
                                + " each step what the model wrote instead when it was asked to go on from there: the"
                                + " first favorable and the first unfavorable branch, with a mark for every draw."),
                question,
                TreeDrawing.draw(tree));
    }
}
