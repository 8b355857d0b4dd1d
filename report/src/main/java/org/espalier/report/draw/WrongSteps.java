package org.espalier.report.draw;

import static org.espalier.report.draw.Html.element;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
     * Paths of one method.
     *
     * @param note behind its name
     * @param label says in words what is drawn
     */
    public record Method(String name, String note, String label, AnswerCounts unsafe, AnswerCounts safe) {}

    /**
     * A drawing for each method, on one scale, so that they can be compared.
     *
     * @param steps how many places each drawing has
     */
    public static Element panels(String style, List<Method> methods, int steps) {
        double most = methods.stream()
                .flatMap(method -> Stream.of(method.unsafe(), method.safe()))
                .flatMapToDouble(counts -> IntStream.rangeClosed(1, steps).mapToDouble(step -> share(counts, step)))
                .reduce(0.01, Math::max);
        Element panels = element("div", "panels " + style);
        methods.forEach(method -> panels.add(
                Html.figure(draw(method, steps, most), element("b").add(method.name()), Html.text(method.note()))));
        return panels;
    }

    /** Which bar is which, to stand behind "in percent of the paths of". */
    public static Html key() {
        return Html.all(
                element("span", "key unsafe").add("unsafe questions"),
                Html.text(" (left, filled) and of "),
                element("span", "key safe").add("safe twins"),
                Html.text(" (right, outlined)."));
    }

    private static Html draw(Method method, int steps, double most) {
        Scale up = Scale.plain(0, most, BOTTOM, TOP);
        // Few steps are not drawn larger than many.
        double width = 8 + Math.max(steps, LEAST) * STEP;
        Element svg = Svg.drawing(width, HEIGHT, "wrong", method.label());
        for (int step = 1; step <= steps; step++) {
            double middle = 4 + (step - 0.5) * STEP;
            bar(svg, up, "unsafe", middle - 17, share(method.unsafe(), step));
            bar(svg, up, "safe", middle + 1, share(method.safe(), step));
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
