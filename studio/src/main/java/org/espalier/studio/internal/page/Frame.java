package org.espalier.studio.internal.page;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import org.espalier.report.draw.Emblem;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.studio.internal.web.Session;

/** The frame around every page: name, way back, who is at work, what was just done. */
public record Frame(Assets assets) {
    /** A place that the top of a page leads to. */
    public record Link(String address, String name, boolean here) {}

    /** A trunk and two pairs of branches along their frame. */
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                    + "%3Cpath d='M8 15V2M3 5h10M3 10h10' stroke='%232f7d4f' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

    /** A page for a session. {@code style} names the kind of page for the style sheet. */
    public Html page(Session session, String title, String style, List<Link> links, Html... content) {
        Element top = brand();
        Element nav = element("nav").attribute("aria-label", "Pages");
        for (Link link : links) {
            Element to = Control.link(link.address(), link.name());
            if (link.here()) {
                to.attribute("aria-current", "page");
            }
            nav.add(to);
        }
        top.add(nav);
        session.reviewer().ifPresent(name -> top.add(Control.link("who", "/who", name)));
        String said = session.said();
        Element status = element("p", "said").attribute("role", "status").add(said);
        return whole(title, style, top, status, content);
    }

    /** A page for somebody who was not let in, or asked for what is not there. */
    public Html refusal(int status, String sentence) {
        return whole(
                "Not possible",
                "plain",
                brand(),
                Html.nothing(),
                element("h1").add(status == 404 ? "There is no such page" : "That is not possible"),
                element("p").attribute("role", "alert").add(sentence));
    }

    private static Element brand() {
        Element brand = element("a", "brand").attribute("href", "/");
        return element("header", "bar")
                .add(brand.add(Emblem.draw(), element("span").add("Studio")));
    }

    private Html whole(String title, String style, Html header, Html status, Html... content) {
        Element head = element("head")
                .add(
                        element("meta").attribute("charset", "utf-8"),
                        element("meta")
                                .attribute("name", "viewport")
                                .attribute("content", "width=device-width, initial-scale=1"),
                        element("meta").attribute("name", "color-scheme").attribute("content", "light dark"),
                        element("title").add(title + " · Espalier studio"));
        if (style.equals("run")) {
            head.add(sheet("report.css"));
        }
        head.add(sheet("studio.css"));
        head.add(element("link").attribute("rel", "icon").attribute("href", ICON));
        head.add(element("script").attribute("src", assets.at("studio.js")).attribute("defer", ""));
        Element main = element("main")
                .attribute("id", "main")
                .attribute("tabindex", "-1")
                .add(content);
        Element body = element("body", style)
                .add(element("a", "skip").attribute("href", "#main").add("Skip to the content"), header, status, main);
        return element("html").attribute("lang", "en").add(head, body);
    }

    private Html sheet(String name) {
        return element("link").attribute("rel", "stylesheet").attribute("href", assets.at(name));
    }

    /** The secret that a form brings along. */
    public static Html secret(Session session) {
        return hidden("csrf", session.csrf());
    }

    public static Html hidden(String name, String value) {
        return Control.input("hidden", name, value);
    }

    /** A button that sends a form; a key that presses it is shown and announced. */
    public static Element button(String action, String words, Optional<String> key) {
        Element button = element("button")
                .attribute("type", "submit")
                .attribute("name", "do")
                .attribute("value", action)
                .add(words);
        key.ifPresent(pressed -> button.attribute("data-key", pressed).add(Html.text(" "), key(pressed)));
        return button;
    }

    /** A key as a small cap, for eyes alone. */
    public static Html key(String pressed) {
        return element("kbd").attribute("aria-hidden", "true").add(pressed);
    }

    /** Whole, and with blanks between thousands. */
    public static String count(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** Green up to what was accepted, red up to what was rejected. */
    public static Html progress(long accepted, long rejected, long total) {
        double whole = Math.max(1, total);
        String label = count(accepted) + " accepted, " + count(rejected) + " rejected, "
                + count(total - accepted - rejected) + " open";
        return element("svg", "progress")
                .attribute("viewBox", "0 0 100 4")
                .attribute("preserveAspectRatio", "none")
                .attribute("role", "img")
                .attribute("aria-label", label)
                .add(
                        rect("all", 0, 100),
                        rect("accepted", 0, 100 * accepted / whole),
                        rect("rejected", 100 * accepted / whole, 100 * rejected / whole));
    }

    private static Html rect(String style, double x, double width) {
        return element("rect", style)
                .attribute("x", x)
                .attribute("y", "0")
                .attribute("width", width)
                .attribute("height", "4");
    }
}
