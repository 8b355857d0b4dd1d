package org.espalier.report.draw;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.rsbench.Estimate;
import org.espalier.report.draw.Html.Element;

/** One rate of several methods: a bar each, with the interval as a whisker on it. */
public final class RateBars {
    /** One bar. {@code strong} ones are drawn darker: the methods a report is about. */
    public record Bar(String label, boolean strong, Optional<Estimate> estimate) {}

    private static final double WIDTH = 344;
    private static final double ROW = 25;
    private static final double TOP = 6;
    private static final double BAR = 11;

    private RateBars() {}

    public static Html draw(String label, List<Bar> bars) {
        double bottom = TOP + bars.size() * ROW;
        Scale percent = Scale.plain(0, 100, 116, 296);
        Element svg = Svg.drawing(WIDTH, bottom + 18, "bars", label);
        for (int tick = 0; tick <= 100; tick += 25) {
            double x = percent.at(tick);
            svg.add(Svg.line(tick == 0 ? "axis" : "grid", x, TOP, x, bottom));
            if (tick % 50 == 0) {
                svg.add(Svg.text("tick", x, bottom + 13, "middle", tick + (tick == 100 ? " %" : "")));
            }
        }
        for (int i = 0; i < bars.size(); i++) {
            row(svg, percent, bars.get(i), TOP + i * ROW + ROW / 2);
        }
        return svg;
    }

    private static void row(Element svg, Scale percent, Bar bar, double middle) {
        svg.add(Svg.text(bar.strong() ? "name strong" : "name", 110, middle + 4, "end", bar.label()));
        if (bar.estimate().isEmpty()) {
            svg.add(Svg.text("tick", percent.at(0) + 6, middle + 4, "start", "nothing judged"));
            return;
        }
        Estimate estimate = bar.estimate().get();
        double rate = 100 * estimate.rate();
        double low = percent.at(100 * estimate.interval().low());
        double high = percent.at(100 * estimate.interval().high());
        svg.add(Svg.rect(
                        bar.strong() ? "bar strong" : "bar",
                        percent.at(0),
                        middle - BAR / 2,
                        percent.at(rate) - percent.at(0),
                        BAR)
                .add(Svg.tip(String.format(
                        Locale.ROOT,
                        "%s: %.1f %% (%.1f to %.1f)",
                        bar.label(),
                        rate,
                        100 * estimate.interval().low(),
                        100 * estimate.interval().high()))));
        svg.add(Svg.line("halo", low, middle, high, middle), Svg.line("whisker", low, middle, high, middle));
        for (double end : new double[] {low, high}) {
            svg.add(Svg.line("whisker", end, middle - 4, end, middle + 4));
        }
        svg.add(Svg.text("value", WIDTH - 2, middle + 4, "end", String.format(Locale.ROOT, "%.1f", rate)));
    }
}
