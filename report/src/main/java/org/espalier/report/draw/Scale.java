package org.espalier.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A straight axis: values from {@code low} to {@code high} onto a stretch of the drawing. {@code from} may lie above
 * {@code to}, as it does on a vertical axis.
 *
 * @param step from tick to tick; both ends are whole multiples of it where ticks are asked for
 */
record Scale(double low, double high, double step, double from, double to) {
    /** An axis without ticks. */
    static Scale plain(double low, double high, double from, double to) {
        return new Scale(low, high, high - low, from, to);
    }

    /** An axis that holds all of the values with round ends. */
    static Scale around(double least, double greatest, double from, double to) {
        double span = greatest - least;
        if (!(span > 0)) {
            span = Math.max(Math.abs(greatest), 1) * 0.2;
            least -= span / 2;
            greatest += span / 2;
        }
        double step = step(greatest - least);
        return new Scale(Math.floor(least / step) * step, Math.ceil(greatest / step) * step, step, from, to);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round values along the axis, its ends included. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(low / step); i * step <= high + step * 1e-6; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten, or a quarter of ten, so that two to four of them fill the span. */
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span)));
        double share = span / power;
        return power * (share <= 1.5 ? 0.5 : share <= 3 ? 1 : share <= 6 ? 2 : 2.5);
    }

    /** As short as it can be said. */
    static String said(double value) {
        double size = Math.abs(value);
        if (size >= 100_000 || (size > 0 && size < 0.001)) {
            return minus(String.format(Locale.ROOT, "%.1e", value));
        }
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        String written = String.format(Locale.ROOT, "%." + digits + "f", value);
        return minus(written.contains(".") ? written.replaceFirst("\\.?0+$", "") : written);
    }

    private static String minus(String number) {
        return number.equals("-0") ? "0" : number.replace('-', '−');
    }
}
