package org.espalier.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.run.RunComparison;
import org.espalier.bench.run.UnitMerits;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Slice;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Runs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Models measured on one benchmark in one way, by the first headline. A model's rank is one more than the number of models
 * that are better than it by a paired difference whose interval leaves out 0: those that cannot be told apart share one.
 */
public final class Leaderboard {
    private static final int SHORT = 12;

    /** @param key of the figure, with the part that it is of behind a dot */
    private record Shown(String key, ResultFigure figure) {}

    /** @param figures of all questions, then those of parts, each under its head */
    private record Row(int rank, BenchRun run, Map<String, Shown> figures) {}

    private final Result first;
    private final List<Row> rows;

    private Leaderboard(Result first, List<Row> rows) {
        this.first = first;
        this.rows = List.copyOf(rows);
    }

    /**
     * Of the runs of a benchmark among some folders.
     *
     * @throws InputException if they are of several benchmarks, or were measured in several ways
     */
    public static Leaderboard of(List<Path> folders) {
        Runs runs = Runs.read(folders);
        if (runs.benches().isEmpty()) {
            throw new InputException("none of these is a finished run of a benchmark");
        }
        TreeSet<String> names = new TreeSet<>();
        runs.benches().forEach(run -> names.add(run.result().benchmark()));
        if (names.size() > 1) {
            throw new InputException("a leaderboard is one of one benchmark, and these are runs of "
                    + String.join(", ", names) + ": name those of one");
        }
        ProtocolCheck.requireOne(runs);
        Result first = runs.benches().getFirst().result();
        ResultFigure by = first.headlines().getFirst();
        return new Leaderboard(first, ranked(runs.benches(), by));
    }

    private static List<Row> ranked(List<BenchRun> runs, ResultFigure by) {
        List<UnitMerits> merits =
                runs.stream().map(run -> UnitMerits.read(run.info().folder())).toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            int better = 0;
            for (int j = 0; j < runs.size(); j++) {
                better += j != i && isBetter(runs.get(j), merits.get(j), merits.get(i), by) ? 1 : 0;
            }
            rows.add(new Row(better + 1, runs.get(i), figures(runs.get(i).result())));
        }
        double sign = by.direction() == Direction.HIGHER ? -1 : 1;
        rows.sort(Comparator.comparingInt(Row::rank)
                .thenComparingDouble(row -> sign * value(row.run(), by).orElse(Double.NaN))
                .thenComparing(row -> row.run().subject()));
        return rows;
    }

    /** A merit of the figure's name where questions have several, else the one they have. */
    private static boolean isBetter(BenchRun run, UnitMerits ones, UnitMerits others, ResultFigure by) {
        String merit = ones.names().contains(by.title())
                ? by.title()
                : ones.names().stream().findFirst().orElse("");
        return RunComparison.of(ones, others, merit, Slice.ALL, run.result().bootstrap())
                .filter(comparison -> comparison.decided() && comparison.difference() > 0)
                .isPresent();
    }

    private static OptionalDouble value(BenchRun run, ResultFigure by) {
        return run.result().figure(by.key()).map(ResultFigure::value).orElse(OptionalDouble.empty());
    }

    /** Figures of all questions, headlines first; then headlines of unsafe questions and of safe twins. */
    private static Map<String, Shown> figures(Result result) {
        Map<String, Shown> figures = new LinkedHashMap<>();
        result.headlines().forEach(figure -> figures.put(figure.head(), new Shown(figure.key(), figure)));
        if (result.hasParts()) {
            result.figures().forEach(figure -> figures.putIfAbsent(figure.head(), new Shown(figure.key(), figure)));
            for (Risk risk : Risk.values()) {
                result.headlines()
                        .forEach(headline -> result.figure(Slice.of(risk), headline.key())
                                .ifPresent(figure -> figures.put(
                                        figure.head() + ", " + ReportWording.risk(risk),
                                        new Shown(figure.key() + "." + risk.label(), figure))));
            }
        }
        return figures;
    }

    private List<String> heads() {
        return List.copyOf(rows.getFirst().figures().keySet());
    }

    private static String judged(Row row) {
        var counts = row.run().result().counts();
        String without = counts.withoutVerdict();
        return counts.judged() + " of " + counts.answers() + (without.isEmpty() ? "" : " (" + without + ")");
    }

    private String judges() {
        List<String> judges = new ArrayList<>();
        first.protocol().path("judge").forEach(judge -> judges.add(judge.asString("")));
        first.protocol().path("judge_answered_as").forEach(judge -> judges.add("answered as " + judge.asString("")));
        return String.join("; ", judges);
    }

    /** Two tables with one hash were measured in one way, but for who was measured. */
    public String protocol() {
        return Sha256.of(Json.line(first.protocol())).substring(0, SHORT);
    }

    private String heading() {
        JsonNode data = first.protocol().path("data");
        return data.path("questions").asString("?") + " questions (sha256 "
                + shortened(data.path("sha256").asString("")) + "), judged by " + judges() + ", protocol " + protocol();
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHORT, hash.length()));
    }

    private static String note() {
        return "Percent with 95 % intervals over questions. Models whose paired difference cannot be told from 0 share a"
                + " rank: each rank is one more than the number of models that are better.";
    }

    /** As a Markdown table. */
    public String markdown() {
        StringBuilder out = new StringBuilder("## " + first.title() + "\n\n" + heading() + ".\n\n| rank | model |");
        heads().forEach(head -> out.append(' ').append(head).append(" |"));
        out.append(" judged |\n| ---: | --- |" + " ---: |".repeat(heads().size() + 1) + "\n");
        for (Row row : rows) {
            out.append("| ").append(row.rank()).append(" | ");
            out.append(row.run().subject().replace("|", "\\|")).append(" |");
            heads().forEach(head -> out.append(' ').append(cell(row, head)).append(" |"));
            out.append(' ').append(judged(row)).append(" |\n");
        }
        return out.append('\n').append(note()).append('\n').toString();
    }

    private static Optional<ResultFigure> figure(Row row, String head) {
        return Optional.ofNullable(row.figures().get(head)).map(Shown::figure);
    }

    private static String cell(Row row, String head) {
        return figure(row, head).map(ReportWording::estimate).orElse("–");
    }

    /** For a terminal. */
    public List<String> lines() {
        int width = rows.stream()
                .mapToInt(row -> row.run().subject().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(first.title() + ": " + heading());
        String name = "%4s  %-" + Math.max(5, width) + "s";
        StringBuilder head = new StringBuilder(name.formatted("rank", "model"));
        heads().forEach(it -> head.append("  %21s".formatted(it)));
        lines.add(head.append("  judged").toString());
        for (Row row : rows) {
            StringBuilder line =
                    new StringBuilder(name.formatted(row.rank(), row.run().subject()));
            heads().forEach(it -> line.append(("  %" + Math.max(21, it.length()) + "s").formatted(cell(row, it))));
            lines.add(line.append("  ").append(judged(row)).toString());
        }
        lines.add(note());
        return lines;
    }

    /** Comma-separated values: a row a model; low and high end of each interval in columns of their own. */
    public String csv() {
        StringBuilder out = new StringBuilder("rank,model");
        heads().forEach(head -> out.append(',').append(quoted(head)).append(",low,high"));
        out.append(",judged,answers,protocol\n");
        for (Row row : rows) {
            out.append(row.rank()).append(',').append(quoted(row.run().subject()));
            for (String head : heads()) {
                Optional<ResultFigure> figure = figure(row, head);
                Optional<Interval> interval = figure.flatMap(ResultFigure::interval);
                out.append(',').append(figure.map(it -> number(it.value())).orElse(""));
                out.append(',').append(interval.map(it -> number(it.low())).orElse(""));
                out.append(',').append(interval.map(it -> number(it.high())).orElse(""));
            }
            var counts = row.run().result().counts();
            out.append(',').append(counts.judged()).append(',').append(counts.answers());
            out.append(',').append(protocol()).append('\n');
        }
        return out.toString();
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** As JSON, with the whole protocol. */
    public String json() {
        ObjectNode out = Json.object()
                .put("benchmark", first.benchmark())
                .put("title", first.title())
                .put("protocol_hash", protocol());
        out.set("protocol", first.protocol());
        ArrayNode list = out.putArray("rows");
        for (Row row : rows) {
            var counts = row.run().result().counts();
            ObjectNode entry = list.addObject()
                    .put("rank", row.rank())
                    .put("model", row.run().subject())
                    .put("answers", counts.answers())
                    .put("judged", counts.judged())
                    .put("blocked", counts.blocked());
            ObjectNode figures = entry.putObject("figures");
            row.figures().values().forEach(shown -> {
                ObjectNode value = figures.putObject(shown.key());
                shown.figure().value().ifPresent(it -> value.put("percent", it));
                shown.figure()
                        .interval()
                        .ifPresent(it -> value.put("low", it.low()).put("high", it.high()));
            });
        }
        return Json.page(out);
    }
}
