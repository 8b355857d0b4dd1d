package org.espalier.studio.run;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.core.PathTree;
import org.espalier.core.file.TreeFile;
import org.espalier.core.text.Counted;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.TreeDrawing;
import org.espalier.report.run.RunInfo;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.PageLinks;
import org.espalier.studio.internal.web.Fields;
import org.espalier.studio.internal.web.Refused;

/** The trees of an exploration: a list, and each of them drawn. */
final class TreePages {
    private static final int SIZE = 50;

    private final RunPlace run;
    private final TreeIndex index;

    TreePages(RunPlace run) {
        this.run = run;
        this.index = new TreeIndex(run.folder().resolve(TreeFile.NAME));
    }

    Html[] list(Fields query) {
        List<TreeIndex.Entry> all = index.entries();
        int pages = Math.max(1, Math.ceilDiv(all.size(), SIZE));
        int page = Math.clamp(query.number("page").orElse(1), 1, pages);
        Element head = element("tr");
        for (String column : List.of("Question", "Outcome", "Pairs", "Branches")) {
            head.add(element("th").attribute("scope", "col").add(column));
        }
        Element body = element("tbody");
        all.subList((page - 1) * SIZE, Math.min(all.size(), page * SIZE)).forEach(entry -> body.add(row(entry)));
        return new Html[] {
            element("h1").add("Trees of " + run.name()),
            element("div", "wide")
                    .attribute("tabindex", "0")
                    .attribute("role", "region")
                    .attribute("aria-label", "Questions and their trees")
                    .add(element("table", "numbers trees")
                            .add(
                                    element("caption").add(Frame.count(all.size()) + " questions"),
                                    element("thead").add(head),
                                    body)),
            new PageLinks(run.address("trees"), Fields.NONE, page, pages).draw()
        };
    }

    private Html row(TreeIndex.Entry entry) {
        return element("tr")
                .add(
                        element("th", "left")
                                .attribute("scope", "row")
                                .add(element("a")
                                        .attribute("href", tree(entry.id()))
                                        .add(TreeDrawing.clip(entry.query()))),
                        element("td", "left").add(entry.outcome()),
                        element("td").add(Integer.toString(entry.pairs())),
                        element("td").add(Integer.toString(entry.branches())));
    }

    private String tree(String id) {
        return run.address("tree") + Fields.NONE.with("id", id).query();
    }

    Html[] tree(Fields query) {
        String id = query.one("id");
        TreeIndex.Found found = index.find(id)
                .orElseThrow(
                        () -> Refused.unknown("There is no tree of question \"" + id + "\" in " + run.name() + "."));
        PathTree tree = found.tree();
        Element walk = element("nav", "pages").attribute("aria-label", "Neighbours");
        found.previous().ifPresent(other -> walk.add(PageLinks.way(tree(other), "Previous", "k")));
        found.next().ifPresent(other -> walk.add(PageLinks.way(tree(other), "Next", "j")));
        Html picture = EmbeddedPicture.shown(RunInfo.read(run.folder()).dataFolder(), tree.image(), tree.id());
        Element question = element("div", "question")
                .add(
                        picture,
                        element("div")
                                .add(
                                        element("p", "query").add(tree.query()),
                                        element("p", "facts").add(facts(tree))));
        return new Html[] {
            element("h1").add("Question " + tree.id()), walk, question, drawing(tree), reference(tree.reference())
        };
    }

    private static Html drawing(PathTree tree) {
        return tree.trunk().isPresent()
                ? TreeDrawing.draw(tree)
                : element("p", "none")
                        .add("No path of the model’s own ended in the right answer, so there is no trunk.");
    }

    private static String facts(PathTree tree) {
        return "answer: " + tree.answer() + " · " + tree.outcome().kind().label()
                + Optional.of(tree.outcome().reason())
                        .filter(reason -> !reason.isEmpty())
                        .map(reason -> ": " + reason)
                        .orElse("")
                + " · " + Counted.of(tree.attempts().size(), "attempt")
                + ", " + Counted.of(tree.branches().size(), "branch", "branches")
                + ", " + Counted.of(tree.pairs().size(), "pair");
    }

    private static Html reference(List<String> steps) {
        Element list = element("ol", "steps");
        steps.forEach(step -> list.add(element("li").add(step)));
        return element("section").add(element("h2").add("Reference path"), list);
    }
}
