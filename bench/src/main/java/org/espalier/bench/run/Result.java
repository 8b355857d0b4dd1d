package org.espalier.bench.run;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Tally;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of a benchmark found: {@code results.json}.
 *
 * @param subject the model that was measured, as tables name it
 * @param protocol everything but the model that the figures depend on
 * @param agreements between the judges, where several voted
 */
public record Result(
        String benchmark,
        String title,
        String subject,
        ObjectNode protocol,
        Tallied tallied,
        Bootstrap bootstrap,
        List<Figure> figures,
        Tally cells,
        List<Agreement> agreements,
        List<String> notes) {
    /** The file in the folder of a run. */
    public static final String FILE = "results.json";

    public Result {
        figures = List.copyOf(figures);
        agreements = List.copyOf(agreements);
        notes = List.copyOf(notes);
    }

    public Optional<Figure> figure(String key) {
        return figures.stream().filter(figure -> figure.key().equals(key)).findFirst();
    }

    public List<Figure> headlines() {
        return figures.stream().filter(Figure::headline).toList();
    }
}
