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
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;
import org.espalier.studio.internal.page.PageLinks;
import org.espalier.studio.internal.page.Table;
import org.espalier.studio.internal.web.FormFields;
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

    Html[] list(FormFields query) {
        List<TreeIndex.Entry> all = index.entries();
        int pages = Math.max(1, Math.ceilDiv(all.size(), SIZE));
        int page = Math.clamp(query.number("page").orElse(1), 1, pages);
        return new Html[] {
            element("h1").add("Trees of " + run.name()),
            new Table(
                            "numbers trees",
                            Frame.count(all.size()) + " questions",
                            List.of("Question", "Outcome", "Pairs", "Branches"),
                            all.stream().skip((page - 1L) * SIZE).limit(SIZE).map(this::row))
                    .wide("Questions and their trees"),
            new PageLinks(run.address("trees"), FormFields.NONE, page, pages).draw()
        };
    }

    private Html row(TreeIndex.Entry entry) {
        return element("tr")
                .add(
                        element("th", "left")
                                .attribute("scope", "row")
                                .add(Control.link(tree(entry.id()), TreeDrawing.clip(entry.query()))),
                        element("td", "left").add(entry.outcome()),
                        Table.number(entry.pairs()),
                        Table.number(entry.branches()));
    }

    private String tree(String id) {
        return run.address("tree") + FormFields.NONE.with("id", id).query();
    }

    Html[] tree(FormFields query) {
        String id = query.one("id");
        TreeIndex.Found found = index.find(id)
                .orElseThrow(
                        () -> Refused.unknown("There is no tree of question \"" + id + "\" in " + run.name() + "."));
        PathTree tree = found.tree();
        Element walk = element("nav", "pages").attribute("aria-label", "Neighbours");
        found.previous().ifPresent(other -> walk.add(Control.way(tree(other), "Previous", "k")));
        found.next().ifPresent(other -> walk.add(Control.way(tree(other), "Next", "j")));
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
