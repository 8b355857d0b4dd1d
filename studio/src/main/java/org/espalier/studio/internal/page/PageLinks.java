package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.studio.internal.web.Fields;

/**
 * The way from one page of a list to the others.
 *
 * @param address of the list
 * @param kept what the pages have in common
 * @param number of this page, from 1
 * @param pages at least 1
 */
public record PageLinks(String address, Fields kept, int number, int pages) {
    /** The name of the field that says which page. */
    public static final String PAGE = "page";

    /** Nothing where there is one page alone. */
    public Html draw() {
        if (pages == 1) {
            return Html.nothing();
        }
        Element nav = element("nav", "pages").attribute("aria-label", "Pages of the list");
        link(nav, 1, "First", "", number > 1);
        link(nav, number - 1, "Previous", "k", number > 1);
        nav.add(element("form")
                .attribute("method", "get")
                .attribute("action", address)
                .add(hidden())
                .add(
                        element("label").attribute("for", PAGE).add("Page"),
                        element("input")
                                .attribute("id", PAGE)
                                .attribute("name", PAGE)
                                .attribute("inputmode", "numeric")
                                .attribute("size", "5")
                                .attribute("value", Integer.toString(number)),
                        element("span").add("of " + Frame.count(pages))));
        link(nav, number + 1, "Next", "j", number < pages);
        link(nav, pages, "Last", "", number < pages);
        return nav;
    }

    private List<Html> hidden() {
        List<Html> fields = new ArrayList<>();
        kept.each((name, value) -> fields.add(Frame.hidden(name, value)));
        return fields;
    }

    private void link(Element nav, int to, String words, String key, boolean there) {
        if (there) {
            String where = address + kept.with(PAGE, Integer.toString(to)).query();
            nav.add(
                    key.isEmpty()
                            ? element("a", "button").attribute("href", where).add(words)
                            : way(where, words, key));
        }
    }

    /** A link that a key follows. */
    public static Element way(String address, String words, String key) {
        return element("a", "button")
                .attribute("href", address)
                .attribute("data-key", key)
                .add(Html.text(words + " "), Frame.key(key));
    }
}
