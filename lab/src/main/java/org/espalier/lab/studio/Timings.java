package org.espalier.lab.studio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.Progress;

/** Times kinds of requests. */
final class Timings {
    private static final int WARM_UPS = 3;

    private final int runs;
    private final Progress progress;
    private final List<Figure> figures = new ArrayList<>();

    Timings(int runs, Progress progress) {
        this.runs = runs;
        this.progress = progress;
    }

    /** One request, or what counts as one. */
    interface Step {
        Browser.Answer take() throws IOException;
    }

    /** In the order in which they were measured. */
    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** Three before, then so many that are timed. */
    void time(String name, Step step) throws IOException {
        progress.at("measuring", figures.size(), 0, name);
        for (int i = 0; i < WARM_UPS; i++) {
            step.take();
        }
        measure(name, step, runs);
    }

    /** What is slow the first time alone. */
    void once(String name, Step step) throws IOException {
        progress.at("measuring", figures.size(), 0, name);
        measure(name, step, 1);
    }

    private void measure(String name, Step step, int runs) throws IOException {
        double[] first = new double[runs];
        double[] full = new double[runs];
        int bytes = 0;
        for (int i = 0; i < runs; i++) {
            Browser.Answer answer = step.take();
            first[i] = answer.firstByteNanos() / 1e6;
            full[i] = answer.fullNanos() / 1e6;
            bytes = answer.body().length();
        }
        figures.add(
                new Figure(name, median(first), median(full), sorted(full)[(int) (runs * 0.95)], bytes / 1000.0, runs));
    }

    private static double median(double[] values) {
        double[] sorted = sorted(values);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }
}
