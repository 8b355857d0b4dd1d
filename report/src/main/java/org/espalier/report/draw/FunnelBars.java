package org.espalier.report.draw;

import java.util.List;
import org.espalier.report.draw.Html.Element;

/** How many come to each stage of a build, and how many of them go on: one bar a stage. */
public final class FunnelBars {
    private static final double WIDTH = 640;
    private static final double ROW = 24;
    private static final double LEFT = 96;
    private static final double RIGHT = WIDTH - 96;

    /** One stage. */
    public record Stage(String name, long reached, long passed) {}

    private FunnelBars() {}

    /** Draws the stages in their order, the longest bar as wide as the drawing lets it be. */
    public static Html draw(List<Stage> stages) {
        long most = stages.stream().mapToLong(Stage::reached).max().orElse(0);
        Scale across = Scale.plain(0, (double) Math.max(1, most), LEFT, RIGHT);
        Element svg = Svg.drawing(WIDTH, stages.size() * ROW, "bars funnel", label(stages));
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            double y = i * ROW + 4;
            double reached = across.at((double) stage.reached());
            double passed = across.at((double) stage.passed());
            svg.add(
                    Svg.text("name", LEFT - 8, y + 12, "end", stage.name()),
                    Svg.rect("bar", LEFT, y, reached - LEFT, ROW - 8),
                    Svg.rect("bar strong", LEFT, y, passed - LEFT, ROW - 8),
                    Svg.text("value", reached + 6, y + 12, "start", stage.passed() + " of " + stage.reached()));
        }
        return svg;
    }

    private static String label(List<Stage> stages) {
        return String.join(
                "; ",
                stages.stream()
                        .map(stage -> stage.name() + ": " + stage.passed() + " of " + stage.reached() + " go on")
                        .toList());
    }
}
