package org.espalier.report.draw;

import java.util.Locale;
import java.util.SortedMap;
import org.espalier.report.draw.Html.Element;

/** A percentage over a few values of a setting: a dot each, with its number, and a line through them. */
public final class Points {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 150;
    private static final double LEFT = 36;
    private static final double BOTTOM = HEIGHT - 22;

    private Points() {}

    /** @param percents by value of the setting; two or more */
    public static Html draw(String label, SortedMap<Double, Double> percents) {
        Scale across = Scale.plain(percents.firstKey(), percents.lastKey(), LEFT + 14, WIDTH - 20);
        double least = percents.values().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double most = percents.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        Scale up = Scale.around(least, Math.max(most, least + 1), BOTTOM, 20);
        Element svg = Svg.drawing(WIDTH, HEIGHT, "curve", label);
        for (double tick : up.ticks()) {
            svg.add(Svg.line("grid", LEFT, up.at(tick), WIDTH - 6, up.at(tick)));
            svg.add(Svg.text("tick", LEFT - 5, up.at(tick) + 3.5, "end", Scale.said(tick)));
        }
        StringBuilder d = new StringBuilder();
        percents.forEach((value, percent) -> d.append(d.isEmpty() ? "M" : "L")
                .append(String.format(Locale.ROOT, "%.1f,%.1f", across.at(value), up.at(percent))));
        svg.add(Svg.path("smooth", d.toString()));
        percents.forEach((value, percent) -> {
            svg.add(Svg.circle("dot", across.at(value), up.at(percent), 3));
            String said = String.format(Locale.ROOT, "%.1f", percent);
            svg.add(Svg.text("value", across.at(value), up.at(percent) - 7, "middle", said));
            svg.add(Svg.text("tick", across.at(value), HEIGHT - 7, "middle", Scale.said(value)));
        });
        return svg;
    }
}
