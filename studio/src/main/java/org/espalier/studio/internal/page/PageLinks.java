package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.studio.internal.web.FormFields;

/**
 * The way from one page of a list to the others.
 *
 * @param address of the list
 * @param kept what the pages have in common
 * @param number of this page, from 1
 * @param pages at least 1
 */
public record PageLinks(String address, FormFields kept, int number, int pages) {
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
                        Control.label(PAGE, "Page"),
                        Control.input("text", PAGE, Integer.toString(number))
                                .attribute("id", PAGE)
                                .attribute("inputmode", "numeric")
                                .attribute("size", "5"),
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
            nav.add(key.isEmpty() ? Control.link("button", where, words) : Control.way(where, words, key));
        }
    }
}
