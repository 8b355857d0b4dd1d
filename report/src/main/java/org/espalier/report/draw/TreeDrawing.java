package org.espalier.report.draw;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.PathTree;
import org.espalier.report.draw.Html.Element;

/**
 * A question's tree as an espalier: the trunk in the middle, and at each of its steps the first favorable branch tied
 * to the left and the first unfavorable one to the right, with a mark in the middle for every draw made there.
 */
public final class TreeDrawing {
    /** Characters of a step that are shown; a path may be of any length. */
    private static final int SHOWN = 420;

    private TreeDrawing() {}

    public static Html draw(PathTree tree) {
        Element drawing = element("div", "espalier");
        List<String> trunk = tree.trunk().map(PathTree.Trunk::steps).orElse(List.of());
        for (int shared = 0; shared < trunk.size(); shared++) {
            int here = shared;
            List<Branch> branches = tree.branches().stream()
                    .filter(branch -> branch.sharedSteps() == here)
                    .toList();
            drawing.add(Html.div(
                    "row",
                    stem(here + 1, trunk.get(here), here + 1 == trunk.size(), branches),
                    arm(branches, true, here + 1),
                    arm(branches, false, here + 1)));
        }
        return drawing;
    }

    private static Html stem(int number, String text, boolean last, List<Branch> branches) {
        Element head = Html.p("head", "step " + number);
        if (!branches.isEmpty()) {
            head.add(Html.text(" · drawn here "), marks(branches));
        }
        return element("div", last ? "stem last" : "stem").add(Html.div("box", head, step(text)));
    }

    private static Html arm(List<Branch> branches, boolean favorable, int number) {
        List<Branch> these = branches.stream()
                .filter(branch -> favorable
                        ? branch.verdict().correct()
                        : branch.verdict().incorrect())
                .toList();
        Element arm = element("div", "arm " + (favorable ? "favorable" : "unfavorable"));
        if (branches.isEmpty()) {
            return arm;
        }
        String word = favorable ? "favorable" : "unfavorable";
        if (these.isEmpty()) {
            return arm.add(Html.p("none", "no " + word + " branch in " + branches.size() + " draws"));
        }
        Branch first = these.getFirst();
        Element box = Html.div("box", element("p", "head").add(mark(favorable), Html.text(" " + word + " branch")));
        Element steps = element("ol").attribute("start", Integer.toString(number));
        first.steps().forEach(step -> steps.add(element("li").add(step(step))));
        box.add(steps);
        if (!first.verdict().reason().isEmpty()) {
            box.add(Html.p("why", clip(first.verdict().reason())));
        }
        return arm.add(tie(favorable), box);
    }

    /** The bent piece from the middle of the trunk over its box to the branch. */
    private static Html tie(boolean left) {
        String bend = left ? "M168,2H62C42,2 30,28 0,28" : "M0,2H106C126,2 138,28 168,28";
        return Svg.drawing(168, 30, "tie", "").attribute("aria-hidden", "true").add(Svg.path("", bend));
    }

    private static Html marks(List<Branch> all) {
        List<Html> marks = new ArrayList<>();
        for (Branch branch : all) {
            marks.add(
                    branch.verdict().decided()
                            ? mark(branch.verdict().correct())
                            : element("span")
                                    .attribute("title", branch.verdict().reason())
                                    .add("?"));
        }
        return element("span", "marks")
                .attribute("title", all.size() + " draws at this step, in order")
                .add(marks);
    }

    /** Green tick or red cross: told apart by shape as well as by colour. */
    public static Html mark(boolean good) {
        return element("span", good ? "good" : "bad").add(good ? "✓" : "✗");
    }

    private static Html step(String text) {
        return element("span", "step").add(clip(text));
    }

    /** So much of a text as can be read at a glance, saying how much was left out. */
    public static String clip(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, SHOWN) + " … (" + (text.length() - SHOWN) + " characters more)";
    }
}
