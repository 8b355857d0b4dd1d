package org.espalier.report.draw;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.stats.Interval;
import org.espalier.report.draw.Html.Element;

/** One rate of several methods: a bar each, with the interval as a whisker on it. */
public final class RateBars {
    /**
     * One bar.
     *
     * @param lines the name as it stands beside the bar: one line, or a second, smaller one
     * @param strong drawn darker: the methods a report is about
     */
    public record Bar(String name, List<String> lines, boolean strong, Optional<ResultFigure> figure) {
        /** Of a name that is broken where it is too long for a line. */
        public static Bar of(String name, boolean strong, Optional<ResultFigure> figure) {
            return new Bar(name, RateBars.lines(name), strong, figure);
        }

        /**
         * Of a label with a note.
         *
         * @param note a second, smaller line that tells it from another bar of its label; empty for none
         */
        public static Bar of(String label, String note, boolean strong, Optional<ResultFigure> figure) {
            return note.isEmpty()
                    ? new Bar(label, List.of(label), strong, figure)
                    : new Bar(label + " (" + note + ")", List.of(label, note), strong, figure);
        }
    }

    private static final double WIDTH = 344;
    private static final double ROW = 25;
    private static final double TOP = 6;
    private static final double BAR = 11;
    private static final double NAMES = 110;
    /** Letters of a name that fit beside the bars, in its first line and in the smaller second one. */
    private static final int FIRST = 17;

    private static final int SECOND = 23;

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
        name(svg, bar, middle);
        Optional<ResultFigure> figure = bar.figure().filter(it -> it.value().isPresent());
        if (figure.isEmpty()) {
            svg.add(Svg.text("tick", percent.at(0) + 6, middle + 4, "start", "nothing judged"));
            return;
        }
        double rate = figure.get().value().getAsDouble();
        Interval interval = figure.get().interval().orElse(new Interval(rate, rate));
        double low = percent.at(interval.low());
        double high = percent.at(interval.high());
        svg.add(Svg.rect(
                        bar.strong() ? "bar strong" : "bar",
                        percent.at(0),
                        middle - BAR / 2,
                        percent.at(rate) - percent.at(0),
                        BAR)
                .add(Svg.tip(String.format(
                        Locale.ROOT,
                        "%s: %.1f %% (%.1f to %.1f)",
                        bar.name(),
                        rate,
                        interval.low(),
                        interval.high()))));
        svg.add(Svg.line("halo", low, middle, high, middle), Svg.line("whisker", low, middle, high, middle));
        for (double end : new double[] {low, high}) {
            svg.add(Svg.line("whisker", end, middle - 4, end, middle + 4));
        }
        svg.add(Svg.text("value", WIDTH - 2, middle + 4, "end", String.format(Locale.ROOT, "%.1f", rate)));
    }

    private static void name(Element svg, Bar bar, double middle) {
        List<String> lines = bar.lines();
        double line = lines.size() == 1 ? middle + 4 : middle - 1;
        svg.add(Svg.text(bar.strong() ? "name strong" : "name", NAMES, line, "end", fit(lines.getFirst(), FIRST))
                .add(Svg.tip(bar.name())));
        if (lines.size() > 1) {
            svg.add(Svg.text("note", NAMES, middle + 9, "end", fit(lines.getLast(), SECOND))
                    .add(Svg.tip(bar.name())));
        }
    }

    /**
     * A name in one line or two: what stands behind the first comma has the second one, unless it is too long for it or there is
     * no comma; then the first line has as many words as fit.
     */
    static List<String> lines(String name) {
        String[] parts = name.split(", ", 2);
        if (parts.length == 2 && parts[0].length() <= FIRST && parts[1].length() <= SECOND) {
            return List.of(parts);
        }
        int end = name.lastIndexOf(' ', FIRST);
        return name.length() <= FIRST || end < 0
                ? List.of(name)
                : List.of(name.substring(0, end), name.substring(end + 1));
    }

    /** A name that is too long loses the middle of its longest part: names of one kind mostly begin or end alike. */
    static String fit(String name, int letters) {
        List<String> parts = List.of(name.split(", ", -1));
        String longest =
                parts.stream().max(Comparator.comparingInt(String::length)).orElse(name);
        int[] points = longest.codePoints().toArray();
        int room = Math.max(5, points.length - (name.codePointCount(0, name.length()) - letters));
        if (room >= points.length) {
            return name;
        }
        int head = room / 2;
        int tail = room - 1 - head;
        String shorter = new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
        return parts.stream().map(part -> part.equals(longest) ? shorter : part).collect(Collectors.joining(", "));
    }
}
