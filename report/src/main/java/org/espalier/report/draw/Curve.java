package org.espalier.report.draw;

import java.util.List;
import java.util.Locale;
import org.espalier.report.draw.Html.Element;

/** A quantity over the steps of a training: each step thin, the mean of its neighbourhood thick. */
public final class Curve {
    /** A place on a line. */
    public record Point(double step, double value) {}

    /** A line. {@code dashed} tells two lines of a drawing apart; its name is written at its end where there are two. */
    public record Line(String name, boolean dashed, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** Steps on either side that the thick line takes the mean of. */
    static final int AROUND = 4;

    private static final double WIDTH = 250;
    private static final double HEIGHT = 132;
    private static final double LEFT = 36;
    private static final double TOP = 8;
    private static final double BOTTOM = HEIGHT - 20;

    private Curve() {}

    /** @param lines at least one, each with at least one point */
    public static Html draw(String label, List<Line> lines) {
        List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
        double right = lines.size() > 1 ? WIDTH - 48 : WIDTH - 8;
        Scale across = Scale.plain(least(all, true), Math.max(greatest(all, true), least(all, true) + 1), LEFT, right);
        Scale up = Scale.around(least(all, false), greatest(all, false), BOTTOM, TOP);
        Element svg = Svg.drawing(WIDTH, HEIGHT, "curve", label);
        for (double tick : up.ticks()) {
            svg.add(Svg.line("grid", LEFT, up.at(tick), right, up.at(tick)));
            svg.add(Svg.text("tick", LEFT - 5, up.at(tick) + 3.5, "end", Scale.said(tick)));
        }
        svg.add(Svg.text("tick", across.at(across.low()), HEIGHT - 5, "start", Scale.said(across.low())));
        svg.add(Svg.text("tick", right, HEIGHT - 5, "end", Scale.said(across.high())));
        for (Line line : lines) {
            svg.add(Svg.path("raw", d(line.points(), across, up)));
        }
        for (Line line : lines) {
            List<Point> smooth = smooth(line.points());
            svg.add(Svg.path(line.dashed() ? "smooth dashed" : "smooth", d(smooth, across, up)));
            if (lines.size() > 1) {
                double y = up.at(smooth.getLast().value());
                svg.add(Svg.text("name", right + 4, y + 3.5, "start", line.name()));
            }
        }
        return svg;
    }

    private static double least(List<Point> points, boolean across) {
        return points.stream()
                .mapToDouble(p -> across ? p.step() : p.value())
                .min()
                .orElse(0);
    }

    private static double greatest(List<Point> points, boolean across) {
        return points.stream()
                .mapToDouble(p -> across ? p.step() : p.value())
                .max()
                .orElse(1);
    }

    /** The mean over a window that is cut short at both ends, evenly, so that the ends are not dragged inwards. */
    static List<Point> smooth(List<Point> points) {
        int n = points.size();
        return java.util.stream.IntStream.range(0, n)
                .mapToObj(i -> {
                    int reach = Math.min(AROUND, Math.min(i, n - 1 - i));
                    double mean = points.subList(i - reach, i + reach + 1).stream()
                            .mapToDouble(Point::value)
                            .average()
                            .orElseThrow();
                    return new Point(points.get(i).step(), mean);
                })
                .toList();
    }

    private static String d(List<Point> points, Scale across, Scale up) {
        StringBuilder d = new StringBuilder();
        for (Point point : points) {
            d.append(d.isEmpty() ? "M" : "L")
                    .append(String.format(Locale.ROOT, "%.1f,%.1f", across.at(point.step()), up.at(point.value())));
        }
        return d.toString();
    }
}
