package org.espalier.report;

import java.util.List;
import org.espalier.core.file.Json;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.ExploreRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;
import org.espalier.report.run.TrainRun;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. */
record ReportJson(Runs runs) {
    ObjectNode tree() {
        ObjectNode out = Json.object().put("summary", new Summary(runs).text());
        List<String> differences = ProtocolCheck.differences(runs);
        out.set("measured_differently", Json.tree(differences));
        ArrayNode benchmarks = out.putArray("benchmarks");
        runs.benches()
                .forEach(run -> benchmarks
                        .addObject()
                        .put("method", run.method().key())
                        .put("label", run.method().label())
                        .put("run", run.info().name())
                        .set("results", Json.tree(run.result())));
        ArrayNode standings = out.putArray("standings");
        ArrayNode paired = out.putArray("paired");
        for (List<BenchRun> benches : runs.withParts()) {
            String benchmark = benches.getFirst().result().benchmark();
            if (differences.isEmpty()) {
                Standing.all(benches)
                        .forEach(standing -> standings
                                .addObject()
                                .put("benchmark", benchmark)
                                .put("on", ReportWording.slice(standing.slice()))
                                .put("rate", standing.rate())
                                .put("decided", standing.decided())
                                .set("highest", Json.tree(standing.highest())));
            }
            PairedRow.of(benches).forEach(row -> paired.add(paired(benchmark, row)));
        }
        ArrayNode explorations = out.putArray("explorations");
        runs.explorations().forEach(run -> explorations.add(exploration(run)));
        ArrayNode trainings = out.putArray("trainings");
        for (TrainRun run : runs.trainings()) {
            ObjectNode one = trainings
                    .addObject()
                    .put("method", run.method().key())
                    .put("label", run.method().label())
                    .put("run", run.info().name())
                    .put("steps", run.metrics().size());
            if (!run.metrics().isEmpty()) {
                one.set("last", Json.tree(run.metrics().getLast().values()));
            }
        }
        ArrayNode records = out.putArray("runs");
        for (RunInfo info : runs.all()) {
            records.addObject().put("name", info.name()).set("record", info.record());
        }
        return out;
    }

    private static ObjectNode paired(String benchmark, PairedRow row) {
        var comparison = row.comparison();
        return Json.object()
                .put("benchmark", benchmark)
                .put("first", row.first().key())
                .put("second", row.second().key())
                .put("first_label", row.first().label())
                .put("second_label", row.second().label())
                .put("on", ReportWording.slice(row.slice()))
                .put("rate", row.rate())
                .put("questions", comparison.units())
                .put("questions_apart", comparison.apart())
                .put("difference", comparison.difference())
                .put("low", comparison.interval().low())
                .put("high", comparison.interval().high())
                .put("better", comparison.signs().better())
                .put("equal", comparison.ties())
                .put("worse", comparison.signs().worse())
                .put("sign_test", comparison.signs().probability())
                .put("verdict", row.verdict());
    }

    private static ObjectNode exploration(ExploreRun run) {
        ObjectNode out = Json.object()
                .put("run", run.info().name())
                .put("questions", run.summary().questions())
                .put("paths", run.summary().paths())
                .put("pairs", run.summary().pairs());
        out.set("outcomes", Json.tree(run.summary().outcomes()));
        ObjectNode pairs = out.putObject("pairs_by_shared_steps");
        run.pairs().forEach((steps, count) -> pairs.put(Integer.toString(steps), count));
        return out;
    }
}
