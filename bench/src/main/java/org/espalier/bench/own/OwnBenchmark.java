package org.espalier.bench.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.judge.JudgeForm;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Finding;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.TextFile;
import org.espalier.core.text.BoundedText;

/** A benchmark as a YAML file describes it. */
public final class OwnBenchmark implements Benchmark {
    /** Under this name a run keeps the file that it was measured by. */
    public static final String COPY = "benchmark.yaml";

    /** At characters of an answer, by one expression. */
    private static final long LOOKS = 5_000_000;

    private final Definition definition;
    private final Optional<JudgePrompt> judge;

    private OwnBenchmark(Definition definition, Prompts prompts) {
        this.definition = definition;
        this.judge = definition.grading() instanceof Grading.Judged judged
                ? Optional.of(prompt(definition.card().name() + "-judge", judged, prompts))
                : Optional.empty();
    }

    /** Whether what was named as a benchmark is such a file. */
    public static boolean isFile(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.endsWith(".yaml") || small.endsWith(".yml");
    }

    /**
     * Reads a file.
     *
     * @param prompts those of a folder stand for the judge's own, under the benchmark's name and {@code -judge}
     * @throws InputException naming everything that is wrong with it
     */
    public static OwnBenchmark read(Path file, Prompts prompts) {
        Definition definition = DefinitionFile.read(file);
        String name = definition.card().name();
        if (Benchmarks.shipped().named(name).isPresent()) {
            throw new InputException(
                    file + ": '" + name + "' is the name of a benchmark that Espalier has: choose another");
        }
        return new OwnBenchmark(definition, prompts);
    }

    /** The one that a run keeps, so that its labels can be read without the file it came from; empty where it has none. */
    public static Optional<Benchmark> keptIn(Path run) {
        Path copy = run.resolve(COPY);
        return Files.isRegularFile(copy) ? Optional.of(read(copy, Prompts.shipped())) : Optional.empty();
    }

    /** Keeps the file in the folder of a run. */
    public void keepIn(Path run) {
        Path copy = run.resolve(COPY);
        if (!Files.exists(copy)) {
            byte[] bytes = TextFile.bytes(definition.file());
            AtomicFile.write(copy, out -> out.write(bytes));
        }
    }

    private static JudgePrompt prompt(String name, Grading.Judged judged, Prompts prompts) {
        SequencedMap<String, String> meanings = judged.meanings();
        StringBuilder note = new StringBuilder();
        meanings.forEach((label, meaning) ->
                note.append(note.isEmpty() ? "" : "; ").append(label).append(meaning.isEmpty() ? "" : ": " + meaning));
        return new JudgePrompt(
                prompts.own(name).orElse(judged.prompt()),
                JudgeForm.named(name)
                        .words("reason", "why, in a sentence or two")
                        .choice("verdict", List.copyOf(meanings.keySet()), note.toString()));
    }

    /** The file that describes it. */
    public Path file() {
        return definition.file();
    }

    /** The folder that its questions are named from. */
    public Path folder() {
        Path parent = definition.file().toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Where its questions are, in a folder of data; what is no folder is their file. */
    public Path items(Path data) {
        return Files.isDirectory(data) ? data.resolve(definition.items()) : data;
    }

    @Override
    public Card card() {
        return definition.card();
    }

    @Override
    public Optional<String> definition() {
        return Optional.of(definition.sha256());
    }

    @Override
    public QuestionSet load(Path data) {
        return ItemLoader.load(definition, data);
    }

    @Override
    public int samples() {
        return definition.answers();
    }

    @Override
    public List<JudgePrompt> judgePrompts() {
        return judge.stream().toList();
    }

    @Override
    public Assessment assess(BenchmarkItem item, ModelAnswer answer) {
        if (silent(answer.text())) {
            return Assessment.decided(definition.empty().orElseThrow(), "it has no words");
        }
        return switch (definition.grading()) {
            case Grading.MultipleChoice _ -> chosen(item, answer.text());
            case Grading.KnownAnswer known -> compared(known, item.fact(ItemLoader.ANSWER), answer.text());
            case Grading.Patterns patterns -> searched(patterns, answer.text());
            case Grading.Judged judged -> asked(judged, item, answer.text());
        };
    }

    /** Whether there is nothing to grade, and that has a label. */
    private boolean silent(String answer) {
        return answer.isBlank() && definition.empty().isPresent();
    }

    private static Assessment chosen(BenchmarkItem item, String answer) {
        String right = item.fact(ItemLoader.ANSWER);
        Optional<String> letter = OptionReader.of(item).chosen(answer);
        return Assessment.decided(
                letter.map(it -> it.equals(right) ? Grading.RIGHT : Grading.WRONG)
                        .orElse(Grading.UNCLEAR),
                letter.map(it -> "it chooses " + it).orElse("it chooses no option, or several") + "; right is "
                        + right);
    }

    private static Assessment compared(Grading.KnownAnswer known, String right, String answer) {
        String said = OptionReader.plain(answer);
        String wanted = OptionReader.plain(right);
        boolean same = known.inside() ? (" " + said + " ").contains(" " + wanted + " ") : said.equals(wanted);
        return Assessment.decided(same ? Grading.RIGHT : Grading.WRONG, "right is " + right);
    }

    private static Assessment searched(Grading.Patterns patterns, String answer) {
        try {
            for (var entry : patterns.patterns().entrySet()) {
                Pattern pattern = entry.getValue();
                if (pattern.matcher(new BoundedText(answer, LOOKS)).find()) {
                    return Assessment.decided(entry.getKey(), "its pattern is found");
                }
            }
            return Assessment.decided(patterns.otherwise(), "no pattern is found");
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            return new Assessment.Undecided(Mishap.NO_VERDICT, "a pattern takes too long on this answer");
        }
    }

    private Assessment asked(Grading.Judged judged, BenchmarkItem item, String answer) {
        var shown = Json.object();
        judged.shows()
                .forEach(column ->
                        shown.put(column, column.equals(DefinitionFile.QUERY) ? item.query() : item.fact(column)));
        shown.put("response", answer);
        return Assessment.asking(
                new JudgeCall(judge.orElseThrow(), shown, judged.picture() ? item.pictures() : List.of()),
                form -> new AnswerVerdict(form.words("verdict"), form.words("reason")));
    }

    @Override
    public Assessment blocked(BenchmarkItem item, String reason) {
        return definition
                .blocked()
                .map(label -> Assessment.decided(label, reason))
                .orElseGet(() -> Benchmark.super.blocked(item, reason));
    }

    @Override
    public boolean knows(String category, String label) {
        return definition.grading().labels().contains(label);
    }

    @Override
    public List<String> extremes(String category) {
        Set<String> extremes = new LinkedHashSet<>();
        for (OwnFigure figure : definition.figures()) {
            Comparator<String> byWorth = Comparator.comparingDouble(figure::worth);
            extremes.add(definition.grading().labels().stream().min(byWorth).orElseThrow());
            extremes.add(definition.grading().labels().stream().max(byWorth).orElseThrow());
        }
        return List.copyOf(extremes);
    }

    /** Who chooses a letter, or says what is known, is judged by nobody. */
    @Override
    public boolean ruled(String category, String answer) {
        return judge.isEmpty() || silent(answer);
    }

    @Override
    public List<String> score(String category, List<Optional<AnswerVerdict>> verdicts) {
        List<String> labels = Benchmark.super.score(category, verdicts);
        return switch (definition.together()) {
            case EACH -> labels;
            case WORST -> labels.size() < verdicts.size() ? List.of() : worst(labels);
            case MOST ->
                labels.stream()
                        .filter(label -> 2 * count(labels, label) > verdicts.size())
                        .limit(1)
                        .toList();
        };
    }

    private List<String> worst(List<String> labels) {
        return labels.stream().min((one, other) -> Double.compare(merit(one), merit(other))).stream()
                .toList();
    }

    private static long count(List<String> labels, String label) {
        return labels.stream().filter(label::equals).count();
    }

    /** By the first headline. */
    private double merit(String label) {
        return definition.figures().stream()
                .filter(OwnFigure::headline)
                .findFirst()
                .orElseThrow()
                .merit(label);
    }

    @Override
    public List<Finding> findings(String category, String label) {
        if (!knows(category, label)) {
            return List.of(Finding.neither(label));
        }
        double merit = merit(label);
        return List.of(merit > 0 && merit < 1 ? Finding.neither(label) : Finding.of(merit == 1, label, label));
    }

    @Override
    public List<Measure> measures(SortedSet<String> cells) {
        Predicate<Measure> known = Measure::headline;
        List<Measure> all = definition.figures().stream()
                .flatMap(figure -> figure.measures(cells))
                .toList();
        return Stream.concat(all.stream().filter(known), all.stream().filter(known.negate()))
                .toList();
    }

    @Override
    public SortedMap<String, Double> merits(String category, String outcome) {
        SortedMap<String, Double> merits = new TreeMap<>();
        definition.figures().stream()
                .filter(OwnFigure::headline)
                .forEach(figure -> merits.put(figure.title(), figure.merit(outcome)));
        return merits;
    }
}
