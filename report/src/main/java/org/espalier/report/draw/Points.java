package org.espalier.report.draw;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.espalier.report.draw.Html.Element;

/**
 * A percentage over a few values of a setting: a dot each, with its number, and a line through them. Where a value has
 * several, dot and number are their mean, and each has a small dot.
 */
public final class Points {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 150;
    private static final double LEFT = 36;
    private static final double BOTTOM = HEIGHT - 22;

    private Points() {}

    /** @param percents by value of the setting, one or more each; two or more values */
    public static Html draw(String label, SortedMap<Double, List<Double>> percents) {
        Scale across = Scale.plain(percents.firstKey(), percents.lastKey(), LEFT + 14, WIDTH - 20);
        DoubleSummaryStatistics range = percents.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        Scale up = Scale.around(range.getMin(), Math.max(range.getMax(), range.getMin() + 1), BOTTOM, 20);
        Element svg = Svg.drawing(WIDTH, HEIGHT, "curve", label);
        for (double tick : up.ticks()) {
            svg.add(Svg.line("grid", LEFT, up.at(tick), WIDTH - 6, up.at(tick)));
            svg.add(Svg.text("tick", LEFT - 5, up.at(tick) + 3.5, "end", Scale.said(tick)));
        }
        StringBuilder d = new StringBuilder();
        percents.forEach((value, ones) -> d.append(d.isEmpty() ? "M" : "L")
                .append(String.format(Locale.ROOT, "%.1f,%.1f", across.at(value), up.at(mean(ones)))));
        svg.add(Svg.path("smooth", d.toString()));
        percents.forEach((value, ones) -> {
            double x = across.at(value);
            if (ones.size() > 1) {
                ones.forEach(one -> svg.add(Svg.circle("faint", x, up.at(one), 2)));
            }
            double top = ones.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            svg.add(Svg.circle("dot", x, up.at(mean(ones)), 3));
            svg.add(Svg.text("value", x, up.at(top) - 7, "middle", String.format(Locale.ROOT, "%.1f", mean(ones))));
            svg.add(Svg.text("tick", x, HEIGHT - 7, "middle", Scale.said(value)));
        });
        return svg;
    }

    private static double mean(List<Double> ones) {
        return ones.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
