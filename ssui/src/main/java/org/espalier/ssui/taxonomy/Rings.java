package org.espalier.ssui.taxonomy;

import java.util.List;
import java.util.Locale;

/**
 * The picture of a taxonomy as three rings, like the paper's Figure 3: an SVG document of its own. Angles go by the
 * number of tertiary categories; where a coverage has samples, the outer ring's depth of colour goes by their number.
 */
public final class Rings {
    private static final double[] RADII = {70, 150, 240, 330};
    private static final List<Integer> HUES = List.of(28, 210, 150, 280, 340, 60, 95, 185);
    private static final int SIDE = 1000;

    private final Coverage coverage;
    private final StringBuilder svg = new StringBuilder();
    private final long most;

    private Rings(Coverage coverage) {
        this.coverage = coverage;
        this.most = coverage.samples().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Draws. */
    public static String draw(Coverage coverage) {
        return new Rings(coverage).document();
    }

    private String document() {
        Taxonomy taxonomy = coverage.taxonomy();
        String label = taxonomy.primary().size() + " primary, "
                + taxonomy.secondary().size() + " secondary, "
                + taxonomy.tertiary().size() + " tertiary categories"
                + (coverage.total() > 0
                        ? ", " + coverage.total() + (coverage.total() == 1 ? " sample" : " samples")
                        : "");
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + SIDE + " " + SIDE + "\" role=\"img\"");
        svg.append(" aria-label=\"").append(escape(label)).append("\" font-family=\"system-ui, sans-serif\">\n");
        svg.append("<rect width=\"" + SIDE + "\" height=\"" + SIDE + "\" fill=\"#fff\"/>\n");
        double all = taxonomy.tertiary().size();
        double at = 0;
        for (int i = 0; i < taxonomy.primary().size(); i++) {
            RiskCategory one = taxonomy.primary().get(i);
            double start = at;
            for (RiskCategory two : one.categories()) {
                double inner = at;
                for (RiskCategory three : two.categories()) {
                    arc(three, 2, i, at / all, (at + 1) / all);
                    at++;
                }
                arc(two, 1, i, inner / all, at / all);
            }
            arc(one, 0, i, start / all, at / all);
        }
        String middle = coverage.total() > 0 ? String.valueOf(coverage.total()) : String.valueOf((int) all);
        text(500, 496, 0, "middle", 26, "600", middle);
        text(500, 520, 0, "middle", 13, "400", coverage.total() > 0 ? "samples" : "categories");
        return svg.append("</svg>\n").toString();
    }

    private void arc(RiskCategory category, int ring, int primary, double from, double to) {
        double r = RADII[ring];
        double far = RADII[ring + 1];
        // A whole turn is no arc: it would start where it ends.
        double a = angle(from);
        double b = angle(Math.min(to, from + 0.99999));
        int large = to - from > 0.5 ? 1 : 0;
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%.2f %.2fA%.0f %.0f 0 %d 1 %.2f %.2fL%.2f %.2fA%.0f %.0f 0 %d 0 %.2f %.2fZ\" fill=\"%s\""
                        + " stroke=\"#fff\" stroke-width=\"1.5\"><title>%s</title></path>\n",
                x(a, far),
                y(a, far),
                far,
                far,
                large,
                x(b, far),
                y(b, far),
                x(b, r),
                y(b, r),
                r,
                r,
                large,
                x(a, r),
                y(a, r),
                colour(category, ring, primary),
                escape(tip(category))));
        label(category, ring, (from + to) / 2, to - from);
    }

    private String tip(RiskCategory category) {
        long n = coverage.of(category);
        return category.name() + " (" + category.id() + ")" + (coverage.total() > 0 ? ": " + n : "");
    }

    private String colour(RiskCategory category, int ring, int primary) {
        int hue = HUES.get(primary % HUES.size());
        if (ring < 2 || most == 0) {
            return "hsl(" + hue + " 55% " + (58 + 12 * ring) + "%)";
        }
        long n = coverage.of(category);
        long light = n == 0 ? 96 : 88 - Math.round(40.0 * n / most);
        return "hsl(" + hue + " " + (n == 0 ? 10 : 60) + "% " + light + "%)";
    }

    private void label(RiskCategory category, int ring, double middle, double share) {
        double angle = angle(middle);
        boolean right = middle < 0.5;
        double turn = Math.toDegrees(angle) + (right ? 0 : 180);
        if (ring == 2) {
            double r = RADII[3] + 6;
            text(x(angle, r), y(angle, r) + 3, turn, right ? "start" : "end", 8.5, "400", category.name());
        } else {
            double r = (RADII[ring] + RADII[ring + 1]) / 2;
            if (ring == 0 && share > 0.2) {
                text(x(angle, r), y(angle, r) + 4, 0, "middle", 12, "600", category.name());
            } else {
                String name = category.name();
                text(x(angle, r), y(angle, r) + 3, turn, "middle", name.length() > 22 ? 6 : 7.5, "500", name);
            }
        }
    }

    private void text(double x, double y, double turn, String anchor, double size, String weight, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" font-size=\"%.1f\" font-weight=\"%s\" fill=\"#222\""
                        + "%s>%s</text>\n",
                x,
                y,
                anchor,
                size,
                weight,
                turn == 0 ? "" : String.format(Locale.ROOT, " transform=\"rotate(%.2f %.2f %.2f)\"", turn, x, y - 3),
                escape(words)));
    }

    /** From the top, clockwise. */
    private static double angle(double share) {
        return 2 * Math.PI * share - Math.PI / 2;
    }

    private static double x(double angle, double radius) {
        return SIDE / 2.0 + radius * Math.cos(angle);
    }

    private static double y(double angle, double radius) {
        return SIDE / 2.0 + radius * Math.sin(angle);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
