package org.espalier.report.draw;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.espalier.bench.stats.Interval;
import org.espalier.report.draw.Html.Element;

/** Differences around nought: a mean with its interval and a small circle for each unit; names stand over what they are of. */
public final class DifferencePlot {
    /**
     * One line.
     *
     * @param value the difference in words
     * @param note against what, and what may be said of it
     * @param style {@code ahead}, {@code behind} or any other
     */
    public record Line(
            String name,
            String value,
            String note,
            String style,
            double mean,
            Optional<Interval> interval,
            List<Double> units) {
        public Line {
            units = List.copyOf(units);
        }

        private DoubleStream all() {
            return DoubleStream.concat(
                    DoubleStream.concat(DoubleStream.of(0, mean), units.stream().mapToDouble(Double::doubleValue)),
                    interval.stream().flatMapToDouble(it -> DoubleStream.of(it.low(), it.high())));
        }
    }

    private static final double WIDTH = 440;
    private static final double ROW = 66;
    private static final double LEFT = 12;

    private DifferencePlot() {}

    /** @param lines at least one */
    public static Html draw(String label, List<Line> lines) {
        double bottom = lines.size() * ROW + 4;
        Scale across = Scale.around(
                lines.stream().flatMapToDouble(Line::all).min().orElse(0),
                lines.stream().flatMapToDouble(Line::all).max().orElse(0),
                LEFT,
                WIDTH - LEFT);
        Element svg = Svg.drawing(WIDTH, bottom + 18, "differences", label);
        for (double tick : across.ticks()) {
            svg.add(Svg.line("grid", across.at(tick), 4, across.at(tick), bottom));
            svg.add(Svg.text("tick", across.at(tick), bottom + 13, "middle", (tick > 0 ? "+" : "") + Scale.said(tick)));
        }
        svg.add(Svg.line("nought", across.at(0), 4, across.at(0), bottom));
        for (int i = 0; i < lines.size(); i++) {
            add(svg, across, lines.get(i), i * ROW);
        }
        return svg;
    }

    private static void add(Element svg, Scale across, Line line, double top) {
        double middle = top + 52;
        svg.add(Svg.rect("veil", 0, top + 4, WIDTH, 35));
        svg.add(Svg.text("name strong", 0, top + 17, "start", line.name()));
        svg.add(Svg.text("value", WIDTH, top + 17, "end", line.value()));
        svg.add(Svg.text("note", 0, top + 34, "start", line.note()));
        Element group = element("g", line.style());
        line.interval().ifPresent(it -> {
            double low = across.at(it.low());
            double high = across.at(it.high());
            group.add(Svg.line("whisker", low, middle, high, middle));
            group.add(Svg.line("whisker", low, middle - 5, low, middle + 5));
            group.add(Svg.line("whisker", high, middle - 5, high, middle + 5));
        });
        line.units().forEach(unit -> group.add(Svg.circle("unit", across.at(unit), middle, 3)));
        svg.add(group.add(Svg.circle("mean", across.at(line.mean()), middle, 5).add(Svg.tip(line.value()))));
    }
}
