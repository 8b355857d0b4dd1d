package org.espalier.bench.rsbench;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.Agreement;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code results.json} holds: the figures of every reported slice.
 *
 * @param agreements between the judges, where several voted
 * @param protocol everything but the model that the figures depend on; empty where a run does not say
 * @param notes that a reader of the figures must know
 */
public record Results(
        Bootstrap bootstrap,
        List<Figures> figures,
        List<Agreement> agreements,
        ObjectNode protocol,
        List<String> notes) {
    public Results {
        figures = List.copyOf(figures);
        agreements = List.copyOf(agreements);
        notes = List.copyOf(notes);
    }

    Results(Bootstrap bootstrap, List<Figures> figures, List<Agreement> agreements) {
        this(bootstrap, figures, agreements, Json.object(), List.of());
    }

    Results measured(ObjectNode how, List<String> toKnow) {
        return new Results(bootstrap, figures, agreements, how, toKnow);
    }

    /** The figures of one slice; empty where it was not reported. */
    public Optional<Figures> of(Slice slice) {
        return figures.stream().filter(one -> one.slice().equals(slice)).findFirst();
    }
}
