package org.espalier.bench.rsbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.run.Agreement;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code results.json}: the figures (schema: {@code docs/schema/rsbench-results.schema.json}). */
public final class ResultsFile {
    /** Its name in the folder of a run. */
    public static final String NAME = "results.json";

    private ResultsFile() {}

    /** Writes the file whole or not at all. */
    public static void write(Path file, Results results) {
        AtomicFile.write(file, Json.page(tree(results)));
    }

    /** The content of the file. */
    public static JsonNode tree(Results results) {
        ObjectNode out = Json.object().put("benchmark", "rsbench");
        out.putObject("interval")
                .put("method", "percentile bootstrap over questions")
                .put("level", results.bootstrap().level())
                .put("resamples", results.bootstrap().resamples())
                .put("seed", results.bootstrap().seed());
        var figures = out.putArray("figures");
        results.figures().forEach(one -> figures.add(tree(one)));
        out.set("agreements", Json.tree(results.agreements()));
        out.set("notes", Json.tree(results.notes()));
        out.set("protocol", results.protocol());
        return out;
    }

    private static JsonNode tree(Figures figures) {
        ObjectNode out = Json.object();
        Slice slice = figures.slice();
        ObjectNode of = out.putObject("slice");
        slice.risk().ifPresent(risk -> of.put("risk", risk.label()));
        slice.split().ifPresent(split -> of.put("split", split));
        slice.category().ifPresent(category -> of.put("category", category));
        Counts counts = figures.counts();
        out.put("questions", counts.questions())
                .put("total", counts.total())
                .put("judged", counts.judged())
                .put("failed", counts.failed())
                .put("unanswered", counts.unanswered())
                .put("unjudged", counts.unjudged())
                .put("cut_off", counts.cutOff())
                .put("safe", counts.safe())
                .put("effective", counts.effective())
                .put("safe_and_effective", counts.safeAndEffective());
        figures.rates()
                .forEach((rate, estimate) -> out.putObject(name(rate))
                        .put("rate", estimate.rate())
                        .put("low", estimate.interval().low())
                        .put("high", estimate.interval().high()));
        ObjectNode wrong = out.putObject("first_wrong_step");
        counts.firstWrongStep().forEach((step, paths) -> wrong.put(Integer.toString(step), paths));
        out.put("none_wrong", counts.noneWrong());
        return out;
    }

    private static String name(Rate rate) {
        return rate.name().toLowerCase(Locale.ROOT) + "_rate";
    }

    /** Reads what {@link #write} wrote. */
    public static Results read(Path file) {
        try {
            JsonNode in = Json.parse(Files.readString(file));
            JsonNode how = in.required("interval");
            List<Figures> figures = new ArrayList<>();
            in.required("figures").forEach(one -> figures.add(figures(one)));
            List<String> notes = new ArrayList<>();
            in.path("notes").forEach(note -> notes.add(note.stringValue()));
            return new Results(
                    new Bootstrap(
                            how.required("level").doubleValue(),
                            how.required("resamples").intValue(),
                            how.required("seed").longValue()),
                    figures,
                    Agreement.read(in.path("agreements")),
                    in.path("protocol") instanceof ObjectNode protocol ? protocol : Json.object(),
                    notes);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InputException(
                    file + " is not a results file of RSBench: run the same bench command again to have it rewritten",
                    e);
        }
    }

    private static Figures figures(JsonNode in) {
        JsonNode of = in.required("slice");
        Optional<Risk> risk = text(of, "risk").map(label -> Risk.valueOf(label.toUpperCase(Locale.ROOT)));
        Slice slice = new Slice(risk, text(of, "split"), text(of, "category"));
        SortedMap<Integer, Integer> wrong = new TreeMap<>();
        in.required("first_wrong_step")
                .properties()
                .forEach(step -> wrong.put(
                        Integer.valueOf(step.getKey()), step.getValue().intValue()));
        Counts counts = new Counts(
                count(in, "questions"),
                count(in, "total"),
                count(in, "judged"),
                count(in, "unanswered"),
                count(in, "unjudged"),
                count(in, "cut_off"),
                count(in, "safe"),
                count(in, "effective"),
                count(in, "safe_and_effective"),
                wrong,
                count(in, "none_wrong"));
        Map<Rate, Estimate> rates = new EnumMap<>(Rate.class);
        if (counts.judged() > 0) {
            for (Rate rate : Rate.values()) {
                JsonNode one = in.required(name(rate));
                Interval interval = new Interval(
                        one.required("low").doubleValue(), one.required("high").doubleValue());
                rates.put(rate, new Estimate(one.required("rate").doubleValue(), interval));
            }
        }
        return new Figures(slice, counts, rates);
    }

    private static int count(JsonNode in, String name) {
        return in.required(name).intValue();
    }

    private static Optional<String> text(JsonNode in, String name) {
        return in.hasNonNull(name) ? Optional.of(in.required(name).stringValue()) : Optional.empty();
    }
}
