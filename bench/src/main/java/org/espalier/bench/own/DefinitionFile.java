package org.espalier.bench.own;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.bench.own.Definition.ColumnUse;
import org.espalier.bench.own.Definition.ItemFields;
import org.espalier.bench.own.Definition.Together;
import org.espalier.bench.suite.Card;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TextFile;
import org.espalier.core.yaml.YamlEntries;

/** Reads the file of a benchmark, and finds everything that is wrong with it at once. */
final class DefinitionFile {
    /** A column's name in braces; other braces, as those of JSON, stand for themselves. */
    static final Pattern SLOT = Pattern.compile("\\{([\\p{L}_][\\p{L}\\p{N}_. -]{0,99})}");

    /** What a prompt may name besides columns. */
    static final String QUERY = "query";

    static final String OPTIONS = "options";

    private static final int MOST_TOKENS = 1_048_576;
    private static final int MOST_ANSWERS = 10_000;

    private final Path file;
    private final Problems problems;
    private final List<ColumnUse> uses = new ArrayList<>();

    private DefinitionFile(Path file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    /**
     * Reads it.
     *
     * @throws org.espalier.core.InputException naming every problem with its line
     */
    static Definition read(Path file) {
        return new DefinitionFile(file).read();
    }

    private Definition read() {
        YamlEntries top = YamlEntries.of(TextFile.read(file), file, "a benchmark should be described", problems);
        String name = name(top);
        ItemFields fields = fields(top);
        Grading grading = new GradingEntries(top, problems, this::use).read();
        Optional<String> prompt = prompt(top, grading);
        Definition definition = new Definition(
                file,
                card(top, name, grading),
                inside(top, "items", needed(top, "items")),
                top.has("pictures")
                        ? top.texts("pictures").stream()
                                .map(place -> inside(top, "pictures", place))
                                .toList()
                        : List.of(""),
                fields,
                prompt,
                (int) top.whole("answers", 1, MOST_ANSWERS, 1),
                grading,
                top.choice("empty", grading.labels(), ""),
                top.choice("blocked", grading.labels(), ""),
                top.choice("together", Together.EACH),
                new FigureEntries(top, problems, grading, fields.category()).read(),
                uses);
        top.refuseOthers("part of a benchmark");
        problems.throwIfAny();
        return definition;
    }

    private static String name(YamlEntries top) {
        String name = needed(top, "name");
        if (!name.isEmpty() && !name.matches("[a-z][a-z0-9-]{0,49}")) {
            top.wrong("name", "is made of small letters, digits and -, such as kitchen-safety, not '" + name + "'");
        }
        return name;
    }

    /** A value that must be there. */
    static String needed(YamlEntries entries, String name) {
        String value = entries.text(name, "");
        if (!entries.has(name)) {
            entries.wrong(name, "is missing");
        } else if (value.isEmpty()) {
            entries.wrong(name, "is empty");
        }
        return value;
    }

    /** A file from elsewhere may not say that private files of this machine are its questions, and have them sent to a model. */
    private static String inside(YamlEntries top, String name, String path) {
        String plain = path.replace('\\', '/');
        if (plain.startsWith("/") || plain.matches("[A-Za-z]:.*") || ("/" + plain + "/").contains("/../")) {
            top.wrong(
                    name,
                    "leaves the folder of the data: '" + path + "'; name a place in it, and the data with --data");
            return "";
        }
        return path;
    }

    private Card card(YamlEntries top, String name, Grading grading) {
        return new Card(
                name,
                top.text("title", name),
                top.text("source", "the file " + file.getFileName()),
                top.text("items", ""),
                top.text("licence", "not stated"),
                switch (grading) {
                    case Grading.Judged judged ->
                        "a model, which sees " + String.join(", ", shown(judged)) + " and the response";
                    case Grading.MultipleChoice _ -> "the letter is compared";
                    case Grading.KnownAnswer _ -> "the answer is compared";
                    case Grading.Patterns _ -> "patterns are searched";
                },
                Card.Asks.upTo((int) top.whole("max-tokens", 1, MOST_TOKENS, 512)));
    }

    private static List<String> shown(Grading.Judged judged) {
        return Stream.concat(judged.picture() ? Stream.of("the picture") : Stream.empty(), judged.shows().stream())
                .toList();
    }

    private ItemFields fields(YamlEntries top) {
        if (!top.has("fields")) {
            return new ItemFields(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }
        YamlEntries said = top.inner("fields");
        List<String> category = said.texts("category");
        category.forEach(column -> use(said, "category", column));
        ItemFields fields = new ItemFields(
                column(said, "id"),
                column(said, "picture"),
                column(said, QUERY),
                category,
                column(said, "unit"),
                column(said, "cluster"));
        said.refuseOthers("part of a question");
        return fields;
    }

    private Optional<String> column(YamlEntries said, String name) {
        Optional<String> column = Optional.of(said.text(name, "")).filter(it -> !it.isEmpty());
        column.ifPresent(it -> use(said, name, it));
        return column;
    }

    private void use(YamlEntries at, String name, String column) {
        uses.add(new ColumnUse(at.line(name), name, column));
    }

    private Optional<String> prompt(YamlEntries top, Grading grading) {
        Optional<String> prompt = Optional.of(top.text("prompt", "")).filter(it -> !it.isEmpty());
        prompt.ifPresent(words -> {
            Matcher slots = SLOT.matcher(words);
            boolean any = false;
            while (slots.find()) {
                any = true;
                boolean options = slots.group(1).equals(OPTIONS) && grading instanceof Grading.MultipleChoice;
                if (!options && !slots.group(1).equals(QUERY)) {
                    use(top, "prompt", slots.group(1));
                }
            }
            if (!any) {
                top.wrong("prompt", "names no column: write {query} where the question belongs");
            }
        });
        return prompt;
    }

    /** Entries of one text each, in order. */
    static SequencedMap<String, String> words(YamlEntries entries) {
        SequencedMap<String, String> words = new LinkedHashMap<>();
        entries.names().forEach(name -> words.put(name, entries.text(name, "")));
        return words;
    }
}
