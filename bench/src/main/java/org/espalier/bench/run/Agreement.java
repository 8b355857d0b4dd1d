package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How far two judges of one run agree on the answers that both judged. {@code kappa} is Cohen's. */
public record Agreement(String first, String second, int answers, double agreement, double kappa) {
    /** Those of a results file. */
    public static List<Agreement> read(JsonNode array) {
        List<Agreement> all = new ArrayList<>();
        array.forEach(one -> all.add(new Agreement(
                one.required("first").stringValue(),
                one.required("second").stringValue(),
                one.required("answers").intValue(),
                one.path("agreement").asDouble(Double.NaN),
                one.path("kappa").asDouble(Double.NaN))));
        return all;
    }

    /** In a sentence. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "judges %s and %s agree on %.1f %% of %d answers, kappa %.2f",
                first,
                second,
                100 * agreement,
                answers,
                kappa);
    }
}
