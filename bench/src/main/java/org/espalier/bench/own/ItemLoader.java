package org.espalier.bench.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.espalier.bench.internal.ItemFile;
import org.espalier.bench.internal.ItemRow;
import org.espalier.bench.internal.ItemValue;
import org.espalier.bench.internal.PictureFinder;
import org.espalier.bench.set.QuestionList;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;

/** Makes questions of rows. What cannot be asked is left out, counted and named. */
final class ItemLoader {
    /** The fact that holds the right answer: a letter of a choice, or the text. */
    static final String ANSWER = "answer";

    private final Definition definition;
    private final Path items;
    private final ItemColumns columns;
    private final PictureFinder finder;
    private final PictureStore store;
    private final QuestionList questions;
    private final Map<String, List<Path>> picturesOf = new HashMap<>();
    /** By their rows. */
    private final SortedMap<Long, BenchmarkItem> loaded = new TreeMap<>();

    private ItemLoader(Definition definition, Path root, Path items) {
        this.definition = definition;
        this.items = items;
        this.columns = new ItemColumns(definition.fields());
        this.finder = new PictureFinder(root, definition.pictures());
        this.store = new PictureStore(root.resolve(items.getFileName() + "-pictures"));
        this.questions = new QuestionList(root, definition.pictures());
    }

    /** @param data the folder of the questions, or their file */
    static QuestionSet load(Definition definition, Path data) {
        if (!Files.exists(data)) {
            throw new InputException("there is no file or folder " + data);
        }
        Path whole = data.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path root = Files.isDirectory(whole) || parent == null ? whole : parent;
        Path file = Files.isDirectory(whole) ? whole.resolve(definition.items()) : whole;
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no file " + file + ", which " + definition.file() + " names as 'items'");
        }
        return new ItemLoader(definition, root, file).load();
    }

    private QuestionSet load() {
        List<ItemRow> waiting = new ArrayList<>();
        ItemFile.each(items, row -> {
            columns.saw(row);
            if (!add(row)) {
                waiting.add(row);
            }
        });
        // Those that show the picture of a question behind them.
        waiting.stream()
                .filter(row -> !add(row))
                .forEach(row -> questions.skip(
                        "no picture",
                        columns.picture(row).map(ItemLoader::clipped).orElse("")));
        columns.check(definition.file(), items, definition.uses());
        inOrder().forEach(questions::add);
        return questions.set(List.of(items), columns.havePictures() ? "" : "no question has a picture");
    }

    /** By rows, the questions of a unit together where its first stands. */
    private List<BenchmarkItem> inOrder() {
        SequencedMap<String, List<BenchmarkItem>> units = new LinkedHashMap<>();
        loaded.values()
                .forEach(item -> units.computeIfAbsent(item.unit(), _ -> new ArrayList<>())
                        .add(item));
        return units.values().stream().flatMap(List::stream).toList();
    }

    /** False where its pictures are not there, or not yet. */
    private boolean add(ItemRow row) {
        String id = columns.id(row);
        String query = columns.query(row);
        if (query.isEmpty()) {
            questions.skip("no question", id);
            return true;
        }
        Optional<OptionReader> options = options(row);
        Optional<String> answer = answer(row, options);
        if (answer.isEmpty()) {
            questions.skip("no right answer", id);
            return true;
        }
        Optional<List<Path>> pictures = columns.picture(row).map(this::pictures).orElse(Optional.of(List.of()));
        if (pictures.isEmpty()) {
            return false;
        }
        List<Path> shown = pictures.get();
        picturesOf.putIfAbsent(id, shown);
        String image = shown.isEmpty() ? "" : finder.below(shown.getFirst());
        loaded.put(
                row.number(),
                new BenchmarkItem(
                        id,
                        columns.unit(row).orElse(id),
                        columns.cluster(row).orElse(image.isEmpty() ? id : image),
                        QuestionKind.of(columns.category(row)),
                        shown,
                        image,
                        query,
                        prompt(row, query, options),
                        facts(row, options, answer.get()),
                        Optional.empty()));
        return true;
    }

    /** All of them, or none. */
    private Optional<List<Path>> pictures(ItemValue value) {
        List<String> names = switch (value) {
            case ItemValue.One(String text) -> List.of(text);
            case ItemValue.Several(List<String> texts) -> texts;
        };
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            Optional<List<Path>> of = picture(name);
            if (of.isEmpty()) {
                return Optional.empty();
            }
            found.addAll(of.get());
        }
        return Optional.of(found);
    }

    private static String clipped(ItemValue value) {
        String words = value.words();
        return words.length() <= 60 ? words : words.substring(0, 60) + "…";
    }

    /** A file, a picture in base64, or the id of a question that shows the same. */
    private Optional<List<Path>> picture(String name) {
        Optional<Path> file = name.length() > PictureStore.LONGEST_PATH ? Optional.empty() : finder.find(name);
        if (file.isPresent()) {
            return file.map(List::of);
        }
        return PictureStore.isPicture(name)
                ? store.file(name).map(List::of)
                : Optional.ofNullable(picturesOf.get(name.strip()));
    }

    private Optional<OptionReader> options(ItemRow row) {
        return definition.grading() instanceof Grading.MultipleChoice choice
                ? Optional.of(OptionReader.of(choice.options(), row))
                : Optional.empty();
    }

    /** The right answer; empty where there must be one and is none, and without words where none is needed. */
    private Optional<String> answer(ItemRow row, Optional<OptionReader> options) {
        return switch (definition.grading()) {
            case Grading.MultipleChoice choice -> options.flatMap(reader -> reader.named(row.words(choice.answer())));
            case Grading.KnownAnswer known ->
                Optional.of(row.words(known.column())).filter(it -> !it.isEmpty());
            default -> Optional.of("");
        };
    }

    private String prompt(ItemRow row, String query, Optional<OptionReader> options) {
        String list = options.map(OptionReader::list).orElse("");
        if (definition.prompt().isEmpty()) {
            return options.isEmpty()
                    ? query
                    : query + "\n" + list + "\nAnswer with the letter of the right option alone.";
        }
        Matcher slots = DefinitionFile.SLOT.matcher(definition.prompt().get());
        return slots.replaceAll(slot -> Matcher.quoteReplacement(
                switch (slot.group(1)) {
                    case DefinitionFile.QUERY -> query;
                    case DefinitionFile.OPTIONS -> options.isPresent() ? list : row.words(slot.group(1));
                    default -> row.words(slot.group(1));
                }));
    }

    private SortedMap<String, String> facts(ItemRow row, Optional<OptionReader> options, String answer) {
        SortedMap<String, String> facts = new TreeMap<>();
        if (!answer.isEmpty()) {
            facts.put(ANSWER, answer);
        }
        options.ifPresent(reader -> facts.putAll(reader.facts()));
        if (definition.grading() instanceof Grading.Judged judged) {
            judged.shows().stream()
                    .filter(column -> !column.equals(DefinitionFile.QUERY))
                    .forEach(column -> facts.put(column, row.words(column)));
        }
        return facts;
    }
}
