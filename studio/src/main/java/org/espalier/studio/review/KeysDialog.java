package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** All keys of a draft's page, and a switch for those who would rather not have them. */
final class KeysDialog {
    private static final String[][] KEYS = {
        {"a", "accept, and go to the next"},
        {"r", "reject, and go to the next; needs a reason or a note"},
        {"s", "skip: not for me"},
        {"1 … 0", "tick a reason to reject"},
        {"o d y i", "rate overall safety, difficulty, redundancy, integrity: then 1 to 5, and on to the next one"},
        {"h x", "the picture alone: harmless, or not"},
        {"q e w n", "write in query, steps, answer, note"},
        {"c v", "category; safe or unsafe"},
        {"Esc", "leave a field"},
        {"Ctrl ⏎", "save the words and stay"},
        {"Alt ⏎", "in a step: a new step below"},
        {"Alt ↑ ↓", "in a step: move it"},
        {"Alt ⌫", "in a step: delete it"},
        {"u", "take back the last thing you did, wherever it was"},
        {"j k", "next, previous in the list, whether decided or not"},
        {"z", "the picture at full size"},
        {"l", "the list, in which / searches"},
        {"?", "this"},
    };

    private KeysDialog() {}

    static Html draw() {
        Element list = element("dl");
        for (String[] key : KEYS) {
            Element caps = element("dt");
            for (String cap : key[0].split(" (?!⏎)", -1)) {
                caps.add(cap.equals("…") ? Html.text(" … ") : element("kbd").add(cap));
            }
            list.add(caps, element("dd").add(key[1]));
        }
        return element("dialog")
                .attribute("id", "keys-dialog")
                .attribute("aria-labelledby", "keys-title")
                .add(
                        element("h2").attribute("id", "keys-title").add("Keys"),
                        list,
                        element("p")
                                .add(element("label")
                                        .add(
                                                element("input")
                                                        .attribute("type", "checkbox")
                                                        .attribute("id", "keys-off"),
                                                Html.text(" Single letters do nothing, please"))),
                        element("button")
                                .attribute("type", "button")
                                .attribute("id", "keys-close")
                                .add("Close"));
    }
}
