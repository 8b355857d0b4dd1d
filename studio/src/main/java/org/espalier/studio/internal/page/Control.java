package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.studio.internal.web.FormFields;

/** What people choose, type and go with: links, forms and their fields. */
public final class Control {
    /** Choices that are offered at most; others still count when an address names them. */
    private static final int OFFERED = 400;

    private Control() {}

    public static Element link(String address, String words) {
        return element("a").attribute("href", address).add(words);
    }

    /** A link with a class. */
    public static Element link(String style, String address, String words) {
        return element("a", style).attribute("href", address).add(words);
    }

    /** A link that a key follows. */
    public static Element way(String address, String words, String key) {
        return link("button", address, words + " ").attribute("data-key", key).add(Frame.key(key));
    }

    /** A control with its name above it. */
    public static Html field(String id, String words, Element control) {
        return element("div", "field").add(label(id, words), control.attribute("id", id));
    }

    /** The name of a control. */
    public static Element label(String id, String words) {
        return element("label").attribute("for", id).add(words);
    }

    public static Element input(String type, String name, String value) {
        return element("input").attribute("type", type).attribute("name", name).attribute("value", value);
    }

    /** One of several that are chosen between ({@code radio}), or that is chosen or not ({@code checkbox}). */
    public static Element tick(String type, String name, String value, boolean chosen) {
        return marked(input(type, name, value), "checked", chosen);
    }

    public static Html option(String value, String words, boolean chosen) {
        return marked(element("option").attribute("value", value).add(words), "selected", chosen);
    }

    private static Element marked(Element element, String mark, boolean so) {
        return so ? element.attribute(mark, "") : element;
    }

    /** A choice between nothing in particular and some values. */
    public static <T> Element choice(
            String name,
            String any,
            List<T> values,
            Function<T, String> label,
            Function<T, String> words,
            FormFields query) {
        String chosen = query.one(name);
        Element select = element("select").attribute("name", name).add(option("", any, chosen.isEmpty()));
        values.forEach(value -> select.add(option(
                label.apply(value), words.apply(value), label.apply(value).equals(chosen))));
        return select;
    }

    /** A choice between labels, each with how often there is one. */
    public static Element counted(String name, Map<String, Integer> counts, FormFields query) {
        return choice(
                name,
                "any",
                counts.entrySet().stream().limit(OFFERED).toList(),
                Map.Entry::getKey,
                entry -> entry.getKey() + " (" + Frame.count(entry.getValue()) + ")",
                query);
    }

    /** A form that leads to the list at an address, cut down to what its fields say; the words to search for come first. */
    public static Element filters(String style, String address, String words, String hint, FormFields query) {
        Element search = input("search", words, query.one(words))
                .attribute("placeholder", hint)
                .attribute("data-key", "/");
        return element("form", style)
                .attribute("role", "search")
                .attribute("method", "get")
                .attribute("action", address)
                .add(field(words, "Search", search));
    }

    /** The end of such a form. */
    public static Element go() {
        return element("div", "go")
                .add(element("button").attribute("type", "submit").add("Filter"));
    }

    /** A form that changes something. */
    public static Element post(String style, String address) {
        return element("form", style).attribute("method", "post").attribute("action", address);
    }
}
