package org.espalier.report.draw;

import static org.espalier.report.draw.Html.element;

import org.espalier.report.draw.Html.Element;

/** SVG elements; colours and fonts come from the style sheet by class. */
final class Svg {
    private Svg() {}

    /** A drawing that scales with its column. {@code label} says in words what it shows. */
    static Element drawing(double width, double height, String style, String label) {
        return element("svg", style)
                .attribute("viewBox", "0 0 " + Math.round(width) + " " + Math.round(height))
                .attribute("role", "img")
                .attribute("aria-label", label);
    }

    static Element line(String style, double x1, double y1, double x2, double y2) {
        return element("line", style)
                .attribute("x1", x1)
                .attribute("y1", y1)
                .attribute("x2", x2)
                .attribute("y2", y2);
    }

    static Element rect(String style, double x, double y, double width, double height) {
        return element("rect", style)
                .attribute("x", x)
                .attribute("y", y)
                .attribute("width", Math.max(0, width))
                .attribute("height", Math.max(0, height));
    }

    static Element circle(String style, double x, double y, double radius) {
        return element("circle", style).attribute("cx", x).attribute("cy", y).attribute("r", radius);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    static Element text(String style, double x, double y, String anchor, String text) {
        return element("text", style)
                .attribute("x", x)
                .attribute("y", y)
                .attribute("text-anchor", anchor)
                .add(text);
    }

    static Element path(String style, String d) {
        return element("path", style).attribute("d", d);
    }

    /** What a pointer resting on an element shows. */
    static Element tip(String text) {
        return element("title").add(text);
    }
}
