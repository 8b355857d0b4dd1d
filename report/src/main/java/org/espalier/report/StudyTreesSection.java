package org.espalier.report;

import static org.espalier.report.draw.Html.element;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.core.PathTree;
import org.espalier.core.file.TreeFile;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.draw.TreeDrawing;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.RunPictures;
import org.espalier.report.study.CellRuns;
import org.espalier.report.study.RowFacts;

/** A few trees of each exploration of a cell, to be opened and folded. */
record StudyTreesSection(CellRuns cell, List<RowFacts> rows) {
    private static final int EXPLORATIONS = 4;
    private static final int TREES = 3;

    ReportSection section() {
        ReportSection section = new ReportSection("trees", "Trees");
        List<Html> shown = explorations().entrySet().stream()
                .filter(one -> Files.exists(one.getKey().resolve(TreeFile.NAME)))
                .limit(EXPLORATIONS)
                .map(one -> exploration(one.getKey(), one.getValue()))
                .toList();
        if (shown.isEmpty()) {
            return section;
        }
        section.say("From " + cell.cell().words() + ", the first questions with contrastive pairs. Down the middle the"
                + " trunk, a path that was branched; beside each step what was written instead: the first"
                + " favorable and the first unfavorable branch, with a mark for every draw.");
        shown.forEach(section::add);
        return section;
    }

    /** Folders, with the rows that learn from paths that were drawn there; supervised training uses none. */
    private SequencedMap<Path, List<String>> explorations() {
        SequencedMap<Path, List<String>> all = new LinkedHashMap<>();
        for (RowFacts row : rows) {
            List<Path> explored = Optional.ofNullable(cell.rows().get(row.label()))
                    .map(CellRuns.RowRuns::explored)
                    .orElse(List.of());
            for (int i = 0; i < explored.size(); i++) {
                if (!row.stages().get(i).method().equals("sft")) {
                    String by = row.stages().get(i).from();
                    List<String> labels = all.computeIfAbsent(explored.get(i), _ -> new ArrayList<>(List.of(by)));
                    if (!labels.contains(row.label())) {
                        labels.add(row.label());
                    }
                }
            }
        }
        return all;
    }

    /** @param labels who drew the trees, and the rows that they are for */
    private static Html exploration(Path folder, List<String> labels) {
        List<PathTree> trees = new ArrayList<>();
        TreeFile.each(folder.resolve(TreeFile.NAME), tree -> {
            if (trees.size() < TREES && tree.outcome().kind() == PathTree.Outcome.Kind.PAIRED) {
                trees.add(tree);
            }
        });
        Optional<RunPictures> pictures =
                RunInfo.isRun(folder) ? Optional.of(RunPictures.of(RunInfo.read(folder))) : Optional.empty();
        Element whole = Html.div(element("h3")
                .add("Drawn by " + labels.getFirst() + ", for "
                        + ReportWording.list(labels.subList(1, labels.size()))));
        if (trees.isEmpty()) {
            whole.add(element("p").add("No question has a contrastive pair."));
        }
        trees.forEach(tree -> whole.add(tree(tree, pictures)));
        return whole;
    }

    private static Html tree(PathTree tree, Optional<RunPictures> pictures) {
        return element("details", "tree")
                .add(
                        element("summary")
                                .add(element("b").add(TreeDrawing.clip(tree.query())))
                                .add(" " + ReportWording.count(tree.branches().size(), "branch", "branches") + ", "
                                        + ReportWording.count(tree.pairs().size(), "pair", "pairs")),
                        Html.div(
                                "question",
                                EmbeddedPicture.shown(
                                        pictures.flatMap(of -> of.folderOf(tree.image())), tree.image(), tree.id()),
                                Html.div(
                                        Html.p("facts", tree.id()), Html.p("facts", "right answer: " + tree.answer()))),
                        TreeDrawing.draw(tree));
    }
}
