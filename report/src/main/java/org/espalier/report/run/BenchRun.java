package org.espalier.report.run;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.rsbench.Recount;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.RunCounts;
import org.espalier.bench.rsbench.ScoredPaths;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A finished RSBench run: its figures, and the counts that it is compared with others by.
 *
 * @param training of the model that was measured, where its record was found
 */
public record BenchRun(
        RunInfo info,
        Method method,
        Optional<RunInfo> training,
        Optional<Sweep> sweep,
        Results results,
        RunCounts counts) {
    private static final List<String> SETTINGS = List.of(
            "arbiter", "paths", "max-tokens", "steps", "chain-of-thought", "decoding", "temperature", "top-p", "top-k");

    BenchRun with(String note, Optional<Sweep> place) {
        return new BenchRun(info, method.with(note), training, place, results, counts);
    }

    /** Whether the other's base model is this one's, as far as the records say. */
    public boolean sharesBase(BenchRun other) {
        return Facts.base(info).equals(Facts.base(other.info));
    }

    /** What its figures depend on beside the model: as the results say, else as far as the record does. */
    public ObjectNode protocol() {
        if (!results.protocol().isEmpty()) {
            return results.protocol();
        }
        ObjectNode protocol = Json.object();
        SETTINGS.forEach(name -> info.setting(name).ifPresent(value -> protocol.put(name, value)));
        info.inputs().stream()
                .filter(input -> input.name().equals("data") || input.name().equals("pictures"))
                .forEach(input -> protocol.put(input.name(), input.value()));
        return protocol;
    }

    /** Its paths, read from the folder each time. */
    public ScoredPaths paths() {
        return Recount.paths(info.folder());
    }
}
