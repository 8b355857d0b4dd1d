package org.espalier.report.draw;

import java.util.Locale;
import org.espalier.bench.run.AnswerCounts;
import org.espalier.report.draw.Html.Element;

/**
 * Where the paths of one method first go wrong: for each step two bars, unsafe questions and safe twins, as shares of
 * their judged paths.
 */
public final class WrongSteps {
    private static final double HEIGHT = 128;
    private static final double TOP = 16;
    private static final double BOTTOM = HEIGHT - 20;
    private static final double STEP = 46;
    private static final int LEAST = 6;

    private WrongSteps() {}

    /**
     * @param steps how many places each drawing has, so that drawings of several methods can be compared
     * @param most the largest share of all of them, in (0, 1]
     */
    public static Html draw(String label, AnswerCounts unsafe, AnswerCounts safe, int steps, double most) {
        Scale up = Scale.plain(0, most, BOTTOM, TOP);
        // Few steps are not drawn larger than many.
        double width = 8 + Math.max(steps, LEAST) * STEP;
        Element svg = Svg.drawing(width, HEIGHT, "wrong", label);
        for (int step = 1; step <= steps; step++) {
            double middle = 4 + (step - 0.5) * STEP;
            bar(svg, up, "unsafe", middle - 17, share(unsafe, step));
            bar(svg, up, "safe", middle + 1, share(safe, step));
            svg.add(Svg.text("tick", middle, HEIGHT - 6, "middle", "step " + step));
        }
        return svg.add(Svg.line("axis", 4, BOTTOM, width - 4, BOTTOM));
    }

    public static double share(AnswerCounts counts, int step) {
        return counts.judged() == 0 ? 0 : (double) counts.firstWrongStep().getOrDefault(step, 0L) / counts.judged();
    }

    private static void bar(Element svg, Scale up, String style, double x, double share) {
        if (share > 0) {
            svg.add(Svg.rect("bar " + style, x, up.at(share), 16, BOTTOM - up.at(share)));
        }
        String percent = share == 0 ? "0" : String.format(Locale.ROOT, share < 0.0995 ? "%.1f" : "%.0f", 100 * share);
        svg.add(Svg.text("value", x + 8, up.at(share) - 3, "middle", percent));
    }
}
