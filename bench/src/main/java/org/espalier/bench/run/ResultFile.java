package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Slice;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code results.json} (schema: {@code docs/schema/bench-results.schema.json}). */
public final class ResultFile {
    private static final String AGAIN = "run the same bench command again to have it rewritten";

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
        if (!result.reading().isEmpty()) {
            out.put("reading", result.reading());
        }
        out.set("counts", tree(result.counts()));
        out.putObject("interval")
                .put("method", "percentile bootstrap over clusters of units")
                .setAll((ObjectNode) Json.tree(result.bootstrap()));
        var figures = out.putArray("figures");
        for (ResultFigure figure : result.figures()) {
            ObjectNode one = figures.addObject().put("key", figure.key()).put("title", figure.title());
            if (!figure.counted().isEmpty()) {
                one.put("counted", figure.counted());
            }
            one.put("better", figure.direction().label()).put("headline", figure.headline());
            putValue(one, figure);
        }
        ObjectNode cells = out.putObject("cells");
        result.cells()
                .cells()
                .forEach(cell -> cells.set(cell, Json.tree(result.cells().of(cell))));
        if (result.hasParts()) {
            var parts = out.putArray("parts");
            result.parts().forEach(part -> putPart(parts.addObject(), part));
        }
        out.set("agreements", JudgeAgreement.tree(result.agreements()));
        out.set("notes", Json.tree(result.notes()));
        out.set("protocol", result.protocol());
        return out;
    }

    private static JsonNode tree(AnswerCounts counts) {
        ObjectNode out = (ObjectNode) Json.tree(counts);
        if (counts.firstWrongStep().isEmpty()) {
            out.remove("first_wrong_step");
        }
        return out.put("failed", counts.failed());
    }

    private static void putPart(ObjectNode out, ResultPart part) {
        part.slice().risk().ifPresent(risk -> out.put("risk", risk.label()));
        part.slice().split().ifPresent(split -> out.put("split", split));
        part.slice().category().ifPresent(category -> out.put("category", category));
        out.set("counts", tree(part.counts()));
        ObjectNode figures = out.putObject("figures");
        part.figures().forEach(figure -> putValue(figures.putObject(figure.key()), figure));
    }

    private static void putValue(ObjectNode out, ResultFigure figure) {
        figure.value().ifPresentOrElse(value -> out.put("percent", value), () -> out.putNull("percent"));
        figure.interval().ifPresent(interval -> out.put("low", interval.low()).put("high", interval.high()));
        figure.bounds().ifPresent(it -> out.put("least", it.low()).put("most", it.high()));
        figure.note().ifPresent(note -> out.put("note", note));
    }

    /** How the run of a results file was measured; empty where it does not say. */
    public static ObjectNode protocol(Path file) {
        return JsonFile.read(file, AGAIN).path("protocol") instanceof ObjectNode protocol ? protocol : Json.object();
    }

    public static Result read(Path file) {
        JsonNode in = JsonFile.read(file, AGAIN);
        try {
            List<ResultFigure> figures = new ArrayList<>();
            in.required("figures").forEach(figure -> figures.add(figure(figure)));
            List<ResultPart> parts = new ArrayList<>();
            in.path("parts").forEach(part -> parts.add(part(part, figures)));
            OutcomeTally cells = new OutcomeTally();
            in.required("cells")
                    .properties()
                    .forEach(cell -> counts(cell.getValue())
                            .forEach((outcome, count) -> cells.add(cell.getKey(), outcome, count.intValue())));
            List<JudgeAgreement> agreements = JudgeAgreement.read(in.path("agreements"));
            List<String> notes = new ArrayList<>();
            in.required("notes").forEach(note -> notes.add(Json.text(note)));
            return new Result(
                    Json.text(in.required("benchmark")),
                    Json.text(in.required("title")),
                    in.path("reading").asString(""),
                    Json.text(in.required("subject")),
                    (ObjectNode) in.required("protocol"),
                    Json.as(in.required("interval"), Bootstrap.class),
                    new ResultPart(Slice.ALL, answerCounts(in.required("counts")), figures),
                    parts,
                    cells,
                    agreements,
                    notes);
        } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
            throw new InputException(file + " is not the results file of a benchmark; " + AGAIN, e);
        }
    }

    private static AnswerCounts answerCounts(JsonNode in) {
        ((ObjectNode) in).withObjectProperty("first_wrong_step"); // left out where there is none
        return Json.as(in, AnswerCounts.class);
    }

    private static SortedMap<String, Long> counts(JsonNode in) {
        SortedMap<String, Long> counts = new TreeMap<>();
        in.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().longValue()));
        return counts;
    }

    private static ResultPart part(JsonNode in, List<ResultFigure> whole) {
        Slice slice = new Slice(
                text(in, "risk").map(label -> Risk.valueOf(label.toUpperCase(Locale.ROOT))),
                text(in, "split"),
                text(in, "category"));
        JsonNode figures = in.required("figures");
        return new ResultPart(
                slice,
                answerCounts(in.required("counts")),
                whole.stream()
                        .map(figure -> with(figure, figures.required(figure.key())))
                        .toList());
    }

    private static ResultFigure figure(JsonNode in) {
        return with(
                new ResultFigure(
                        Json.text(in.required("key")),
                        Json.text(in.required("title")),
                        in.path("counted").asString(""),
                        Direction.valueOf(Json.text(in.required("better")).toUpperCase(Locale.ROOT)),
                        in.required("headline").booleanValue(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                in);
    }

    private static ResultFigure with(ResultFigure figure, JsonNode value) {
        JsonNode percent = value.required("percent");
        return figure.with(
                percent.isNull() ? OptionalDouble.empty() : OptionalDouble.of(percent.doubleValue()),
                interval(value, "low", "high"),
                interval(value, "least", "most"),
                text(value, "note"));
    }

    private static Optional<Interval> interval(JsonNode value, String low, String high) {
        return value.has(low)
                ? Optional.of(new Interval(
                        value.required(low).doubleValue(), value.required(high).doubleValue()))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode in, String name) {
        return in.hasNonNull(name) ? Optional.of(Json.text(in.required(name))) : Optional.empty();
    }
}
