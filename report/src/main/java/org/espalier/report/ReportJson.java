package org.espalier.report;

import java.util.List;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.Slice;
import org.espalier.bench.run.ResultFile;
import org.espalier.core.file.Json;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.ExploreRun;
import org.espalier.report.run.RunInfo;
import org.espalier.report.run.Runs;
import org.espalier.report.run.TrainRun;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. */
final class ReportJson {
    private final Runs runs;

    ReportJson(Runs runs) {
        this.runs = runs;
    }

    ObjectNode tree() {
        ObjectNode out = Json.object().put("summary", new Summary(runs).text());
        List<String> differences = ProtocolCheck.differences(runs);
        out.set("measured_differently", Json.tree(differences));
        ArrayNode rsbench = out.putArray("rsbench");
        for (BenchRun bench : runs.benches()) {
            rsbench.addObject()
                    .put("method", bench.method().key())
                    .put("label", bench.method().label())
                    .put("run", bench.info().name())
                    .set("results", ResultsFile.tree(bench.results()));
        }
        ArrayNode suites = out.putArray("benchmarks");
        runs.suites()
                .forEach(run -> suites.addObject()
                        .put("method", run.method().key())
                        .put("label", run.method().label())
                        .put("run", run.info().name())
                        .set("results", ResultFile.tree(run.result())));
        ArrayNode standings = out.putArray("standings");
        for (Slice slice : differences.isEmpty() ? PairedRow.SLICES : List.<Slice>of()) {
            for (Rate rate : Rate.values()) {
                Standing.of(runs.benches(), slice, rate)
                        .ifPresent(standing -> standings
                                .addObject()
                                .put("on", Wording.slice(slice))
                                .put("rate", rate.symbol())
                                .put("decided", standing.decided())
                                .set("highest", Json.tree(standing.highest())));
            }
        }
        ArrayNode paired = out.putArray("paired");
        PairedRow.of(runs.benches()).forEach(row -> paired.add(paired(row)));
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

    private static ObjectNode paired(PairedRow row) {
        var comparison = row.comparison();
        return Json.object()
                .put("first", row.first().key())
                .put("second", row.second().key())
                .put("first_label", row.first().label())
                .put("second_label", row.second().label())
                .put("on", Wording.slice(row.slice()))
                .put("rate", comparison.rate().symbol())
                .put("questions", comparison.questions())
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
                .put("questions", run.questions())
                .put("paths", run.paths())
                .put("pairs", run.allPairs());
        out.set("outcomes", Json.tree(run.outcomes()));
        ObjectNode pairs = out.putObject("pairs_by_shared_steps");
        run.pairs().forEach((steps, count) -> pairs.put(Integer.toString(steps), count));
        return out;
    }
}
