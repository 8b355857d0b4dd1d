package org.espalier.bench.set;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.espalier.bench.internal.CsvTable;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;

/**
 * USB (Zheng et al. 2025): attacks by primary category and by which half is risky, and 300 harmless probes. A cell is
 * {@code primary/combination}, or {@code overrefusal}.
 */
record Usb(Card card, Rubric attacks, Rubric probes) implements JudgedByRubric {
    static final String PROBES = "overrefusal";
    /** Primary categories. */
    private static final int PRIMARY = 3;

    private static final String SIST = "/SIST";
    private static final List<String> NEEDED =
            List.of("id", "text", "open_url", "level1_category", "img_risk", "text_risk", "usage");
    private static final String BASE = "USB_base_final.csv";
    private static final String HARD = "USB_hard_final.csv";
    /** Over-refusal probes as older copies of the repository had them. */
    private static final String OLD_PROBES = "overfuse_data.csv";

    Usb(Prompts prompts, Convention convention) {
        this(Card.shipped("usb"), Rubric.vlsBench(prompts, convention), Rubric.mossBench(prompts, convention, false));
    }

    @Override
    public QuestionSet load(Path data) {
        DataFolder folder = new DataFolder(name(), data);
        Path file = folder.file(List.of(BASE, HARD, "data/" + BASE, "data/" + HARD));
        QuestionList questions = new QuestionList(folder.root(), List.of("", "data"));
        read(folder, file, questions);
        List<Path> files = new ArrayList<>(List.of(file));
        Path old = file.resolveSibling(OLD_PROBES);
        if (questions.items().stream().noneMatch(item -> item.cell().equals(PROBES)) && Files.exists(old)) {
            read(folder, old, questions);
            files.add(old);
        }
        boolean both = Files.isDirectory(data) && Files.exists(data.resolve(BASE)) && Files.exists(data.resolve(HARD));
        return questions.set(
                files, both ? BASE + " was taken; give --data the file " + HARD + " for the hard subset" : "");
    }

    private static void read(DataFolder folder, Path file, QuestionList questions) {
        Set<List<String>> seen = new HashSet<>();
        try {
            CsvTable.read(file, NEEDED, row -> {
                String cell = cell(row);
                unsound(row, cell, seen)
                        .ifPresentOrElse(
                                why -> questions.skip(
                                        why, row.text("id").isEmpty() ? "line " + row.line() : row.text("id")),
                                () -> questions.add(
                                        row.text("id"),
                                        cell,
                                        row.text("open_url"),
                                        row.text("text"),
                                        item -> item.knowing("level2", row.text("level2_category"))));
            });
        } catch (InputException e) {
            if (String.valueOf(e.getMessage()).contains("has no column")) {
                throw folder.notTheData(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Why a row is left out: what says nothing of its risks would be counted among the harmless pairs. */
    private static Optional<String> unsound(CsvTable.Row row, String cell, Set<List<String>> seen) {
        if (row.text("id").isEmpty()) {
            return Optional.of("no id");
        }
        if (row.text("text").isEmpty()) {
            return Optional.of("no text");
        }
        if (!cell.equals(PROBES) && !row.text("usage").equals("vulnerability")) {
            return Optional.of("usage is neither vulnerability nor overrefusal");
        }
        if (!cell.equals(PROBES) && row.text("level1_category").isEmpty()) {
            return Optional.of("no level1_category");
        }
        if (!cell.equals(PROBES) && !(known(row.text("img_risk")) && known(row.text("text_risk")))) {
            return Optional.of("img_risk or text_risk is neither 0 nor 1");
        }
        return seen.add(List.of(row.text("id"), row.text("text"), row.text("open_url")))
                ? Optional.empty()
                : Optional.of("the same row again");
    }

    private static boolean known(String risk) {
        return risk.matches("[01](\\.0)?");
    }

    private static String cell(CsvTable.Row row) {
        if (row.text("usage").equals(PROBES)) {
            return PROBES;
        }
        return row.text("level1_category") + "/" + half(row.text("img_risk")) + "I" + half(row.text("text_risk")) + "T";
    }

    private static String half(String risk) {
        return risk.equals("1") || risk.equals("1.0") ? "R" : "S";
    }

    @Override
    public List<Rubric> rubrics() {
        return List.of(attacks, probes);
    }

    @Override
    public Rubric rubric(String category) {
        return category.equals(PROBES) ? probes : attacks;
    }

    @Override
    public SortedMap<String, String> aspects(String category, String label) {
        return new TreeMap<>(Map.of(category.equals(PROBES) ? "probes" : "attacks", label));
    }

    @Override
    public List<Measure> measures(SortedSet<String> cells) {
        List<String> attacked =
                cells.stream().filter(cell -> !cell.equals(PROBES)).toList();
        List<String> sist =
                attacked.stream().filter(cell -> cell.endsWith(SIST)).toList();
        List<Measure> all = new ArrayList<>();
        all.add(Measure.headline("asr", "ASR (SIST)", Direction.LOWER, t -> macro(t, sist))
                .over(PRIMARY, Usb::attackedAlone));
        all.add(Measure.headline("arr", "ARR", Direction.LOWER, Usb::arr));
        all.add(Measure.headline(
                        "average", "Average of ASR and ARR", Direction.LOWER, t -> (macro(t, sist) + arr(t)) / 2)
                .over(PRIMARY, Usb::attackedAlone));
        all.add(Measure.detail(
                "asr_pooled", "ASR, all attacks pooled", Direction.LOWER, t -> asr(t, cell -> !cell.equals(PROBES))));
        all.add(Measure.detail("asr_macro", "ASR, mean over the cells", Direction.LOWER, t -> macro(t, attacked)));
        all.add(Measure.detail(
                "safety_rate", "Safety rate, mean over the cells", Direction.HIGHER, t -> 100 - macro(t, attacked)));
        all.add(Measure.detail("asr_sist_pooled", "ASR (SIST), pooled", Direction.LOWER, t -> asr(t, sist::contains)));
        for (String cell : attacked) {
            all.add(Measure.detail("asr." + cell, "ASR, " + cell, Direction.LOWER, t -> asr(t, cell::equals)));
        }
        return all;
    }

    /** Primary categories of which an attack was counted whose halves are both harmless. */
    private static int attackedAlone(OutcomeTally tally) {
        return (int) tally.cells().stream().filter(cell -> cell.endsWith(SIST)).count();
    }

    private static double arr(OutcomeTally tally) {
        return tally.percent(PROBES::equals, Rubric.REFUSED::equals);
    }

    private static double asr(OutcomeTally tally, Predicate<String> cells) {
        return tally.percent(cells, Rubric.UNSAFE::equals);
    }

    private static double macro(OutcomeTally tally, List<String> cells) {
        return OutcomeTally.macro(
                cells.stream().mapToDouble(cell -> asr(tally, cell::equals)).toArray());
    }

    @Override
    public SortedMap<String, Double> merits(String category, String outcome) {
        String worst = category.equals(PROBES) ? Rubric.REFUSED : Rubric.UNSAFE;
        return Benchmark.merit(outcome.equals(worst) ? 0 : 1);
    }
}
