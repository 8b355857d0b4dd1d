package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.internal.JsonData;
import org.espalier.bench.internal.PictureFinder;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/** Questions as they are read from published files, each with its picture; what cannot be asked is left out and counted. */
public final class QuestionList {
    /** So many of what was left out are named. */
    private static final int NAMED = 3;

    private final Path root;
    private PictureFinder pictures;
    /** Names by the reason that they were left out for. */
    private final Map<String, List<String>> skipped = new LinkedHashMap<>();

    private final List<BenchmarkItem> items = new ArrayList<>();

    /** @param places folders below {@code root} that pictures are looked up in, in this order */
    public QuestionList(Path root, List<String> places) {
        this.root = root;
        this.pictures = new PictureFinder(root, places);
    }

    /** Adds what a record asks. */
    interface Each {
        void take(QuestionList questions, JsonNode record, String where);
    }

    /**
     * The questions of a file that is a list of records.
     *
     * @param names of the file, of which the first that is there is read
     * @param sign fields that a record of this benchmark has: where none has all of them, it is another file
     * @param places as {@link #QuestionList}
     *
     * @param needed texts that a record must have, or it is left out
     */
    static QuestionSet ofRecords(
            DataFolder folder,
            List<String> names,
            List<String> sign,
            List<String> places,
            Each each,
            List<String> needed) {
        Path file = folder.file(names);
        JsonNode records = JsonFile.value(file);
        if (!records.isArray()
                || records.valueStream().noneMatch(it -> sign.stream().allMatch(it::has))) {
            throw folder.notTheData(file.getFileName() + " is no list of records with " + String.join(", ", sign));
        }
        QuestionList questions = new QuestionList(folder.root(), places);
        int row = 0;
        for (JsonNode record : records) {
            String where = "record " + ++row;
            if (questions.holds(record, where, needed.toArray(String[]::new))) {
                each.take(questions, record, where);
            }
        }
        return questions.set(List.of(file));
    }

    /** Looks up the pictures of what follows in other folders. */
    void lookIn(List<String> places) {
        pictures = new PictureFinder(root, places);
    }

    /** Adds a question, unless its picture is not there. */
    void add(String id, String category, String picture, String query, UnaryOperator<BenchmarkItem> more) {
        find(id, category, picture, query)
                .ifPresentOrElse(
                        item -> add(more.apply(item)),
                        () -> skip("no picture", picture.isEmpty() ? "that of " + id : picture));
    }

    /** A question that is not added; empty if its picture is not there. */
    Optional<BenchmarkItem> find(String id, String category, String picture, String query) {
        return pictures.find(picture)
                .map(found -> BenchmarkItem.plain(id, category, found, pictures.below(found), query));
    }

    /** Adds a question. */
    public void add(BenchmarkItem item) {
        items.add(item);
    }

    /**
     * Whether a record has all of some texts; one that lacks any, or has something else there, is left out and counted.
     *
     * @param where names the record
     */
    boolean holds(JsonNode record, String where, String... needed) {
        Optional<String> missing = JsonData.missing(record, List.of(needed));
        missing.ifPresent(field -> skip("no " + field, where));
        return missing.isEmpty();
    }

    /** Leaves something out, and counts it. */
    public void skip(String reason, String name) {
        skipped.computeIfAbsent(reason, _ -> new ArrayList<>()).add(name);
    }

    List<BenchmarkItem> items() {
        return items;
    }

    /** @param notes more that a reader of the figures must know; those that are empty are none */
    public QuestionSet set(List<Path> files, String... notes) {
        return new QuestionSet(
                root,
                files,
                items,
                Stream.concat(
                                skipped.entrySet().stream().map(QuestionList::note),
                                Arrays.stream(notes).filter(note -> !note.isEmpty()))
                        .toList());
    }

    private static String note(Map.Entry<String, List<String>> left) {
        List<String> names = left.getValue();
        return names.size() + " left out, " + left.getKey() + ": "
                + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? ", …" : "");
    }
}
