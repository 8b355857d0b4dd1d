package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;

/** What people choose and type with in forms. */
public final class Control {
    private Control() {}

    /** A control with its name above it. */
    public static Html field(String id, String words, Element control) {
        return element("div", "field")
                .add(element("label").attribute("for", id).add(words), control.attribute("id", id));
    }

    public static Html option(String value, String words, boolean chosen) {
        Element option = element("option").attribute("value", value).add(words);
        return chosen ? option.attribute("selected", "") : option;
    }
}
