package org.espalier.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.Tally;
import org.espalier.bench.suite.Direction;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code results.json} (schema: {@code docs/schema/bench-results.schema.json}). */
public final class ResultFile {
    private ResultFile() {}

    public static void write(Path file, Result result) {
        AtomicFile.write(file, Json.page(tree(result)));
    }

    /** The content of the file. */
    public static ObjectNode tree(Result result) {
        ObjectNode out = Json.object()
                .put("benchmark", result.benchmark())
                .put("title", result.title())
                .put("subject", result.subject());
        Tallied tallied = result.tallied();
        out.set(
                "counts",
                Json.object()
                        .put("questions", tallied.questions())
                        .put("answers", tallied.answers())
                        .put("cut_off", tallied.cutOff())
                        .put("judged", tallied.judged())
                        .put("failed", tallied.failed())
                        .put("units", tallied.units())
                        .put("scored", tallied.scored())
                        .set("failures", Json.tree(tallied.mishaps())));
        out.putObject("interval")
                .put("method", "percentile bootstrap over units")
                .put("level", result.bootstrap().level())
                .put("resamples", result.bootstrap().resamples())
                .put("seed", result.bootstrap().seed());
        var figures = out.putArray("figures");
        result.figures().forEach(figure -> figures.add(tree(figure)));
        ObjectNode cells = out.putObject("cells");
        result.cells()
                .cells()
                .forEach(cell -> cells.set(cell, Json.tree(result.cells().of(cell))));
        out.set("agreements", Json.tree(result.agreements()));
        out.set("notes", Json.tree(result.notes()));
        out.set("protocol", result.protocol());
        return out;
    }

    private static ObjectNode tree(Figure figure) {
        ObjectNode out = Json.object()
                .put("key", figure.key())
                .put("title", figure.title())
                .put("better", figure.direction().name().toLowerCase(Locale.ROOT))
                .put("headline", figure.headline());
        figure.value().ifPresentOrElse(value -> out.put("percent", value), () -> out.putNull("percent"));
        figure.interval().ifPresent(interval -> out.put("low", interval.low()).put("high", interval.high()));
        figure.note().ifPresent(note -> out.put("note", note));
        return out;
    }

    /** Which benchmark a results file is of. */
    public static String benchmark(Path file) {
        return parsed(file).path("benchmark").asString("");
    }

    /** How the run of a results file was measured, whichever benchmark it is of; empty where it does not say. */
    public static ObjectNode protocol(Path file) {
        return parsed(file).path("protocol") instanceof ObjectNode protocol ? protocol : Json.object();
    }

    public static Result read(Path file) {
        JsonNode in = parsed(file);
        try {
            JsonNode counts = in.required("counts");
            TreeMap<String, Long> mishaps = new TreeMap<>();
            counts.required("failures")
                    .properties()
                    .forEach(kind -> mishaps.put(kind.getKey(), kind.getValue().longValue()));
            JsonNode how = in.required("interval");
            List<Figure> figures = new ArrayList<>();
            in.required("figures").forEach(figure -> figures.add(figure(figure)));
            Tally cells = new Tally();
            in.required("cells")
                    .properties()
                    .forEach(cell -> cell.getValue()
                            .properties()
                            .forEach(outcome -> cells.add(
                                    cell.getKey(),
                                    outcome.getKey(),
                                    outcome.getValue().intValue())));
            List<String> notes = new ArrayList<>();
            in.required("notes").forEach(note -> notes.add(note.stringValue()));
            return new Result(
                    in.required("benchmark").stringValue(),
                    in.required("title").stringValue(),
                    in.required("subject").stringValue(),
                    (ObjectNode) in.required("protocol"),
                    new Tallied(
                            counts.required("questions").longValue(),
                            counts.required("answers").longValue(),
                            counts.required("cut_off").longValue(),
                            counts.required("judged").longValue(),
                            mishaps,
                            counts.required("units").longValue(),
                            counts.required("scored").longValue()),
                    new Bootstrap(
                            how.required("level").doubleValue(),
                            how.required("resamples").intValue(),
                            how.required("seed").longValue()),
                    figures,
                    cells,
                    Agreement.read(in.path("agreements")),
                    notes);
        } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
            throw new InputException(
                    file + " is not the results file of a benchmark: run the same bench command again to have it"
                            + " rewritten",
                    e);
        }
    }

    private static Figure figure(JsonNode in) {
        JsonNode percent = in.required("percent");
        return new Figure(
                in.required("key").stringValue(),
                in.required("title").stringValue(),
                Direction.valueOf(in.required("better").stringValue().toUpperCase(Locale.ROOT)),
                in.required("headline").booleanValue(),
                percent.isNull() ? OptionalDouble.empty() : OptionalDouble.of(percent.doubleValue()),
                in.has("low")
                        ? Optional.of(new Interval(
                                in.required("low").doubleValue(),
                                in.required("high").doubleValue()))
                        : Optional.empty(),
                in.hasNonNull("note") ? Optional.of(in.required("note").stringValue()) : Optional.empty());
    }

    private static JsonNode parsed(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        } catch (JacksonException e) {
            throw new InputException(
                    file + " " + Json.complaint(e) + "; run the same bench command again to have it rewritten", e);
        }
    }
}
