package org.espalier.bench.own;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.bench.internal.ItemFile;
import org.espalier.bench.internal.ItemRow;
import org.espalier.bench.internal.ItemValue;
import org.espalier.bench.own.Definition.ColumnUse;
import org.espalier.bench.own.Definition.ItemFields;
import org.espalier.core.file.Problems;
import org.espalier.core.text.Nearest;

/** The parts of a question by the columns that they stand in: as the definition names them, else by their usual names. */
final class ItemColumns {
    static final String CATEGORY = "category";

    private static final List<String> IDS = List.of("id", "index", "question_id", ItemFile.KEY);
    private static final List<String> QUERIES = List.of("question", "query", "instruction");
    private static final List<String> PICTURES = List.of("image", "picture", "image_path");
    private static final int NAMED = 20;

    private final ItemFields fields;
    private final Set<String> seen = new HashSet<>();

    ItemColumns(ItemFields fields) {
        this.fields = fields;
    }

    void saw(ItemRow row) {
        seen.addAll(row.values().keySet());
    }

    /** The id; the number of the row where the questions have none. */
    String id(ItemRow row) {
        String id = first(row, fields.id(), IDS);
        return id.isEmpty() ? Long.toString(row.number()) : id;
    }

    String query(ItemRow row) {
        return first(row, fields.query(), QUERIES);
    }

    Optional<ItemValue> picture(ItemRow row) {
        return fields.picture().isPresent()
                ? row.value(fields.picture().get())
                : PICTURES.stream().flatMap(name -> row.value(name).stream()).findFirst();
    }

    /** Whether questions are meant to have pictures: a column of them is named, or one was seen. */
    boolean havePictures() {
        return fields.picture().isPresent() || PICTURES.stream().anyMatch(seen::contains);
    }

    /** Its levels, parted by {@code /}; what holds a slash itself gets a dash for it. */
    String category(ItemRow row) {
        List<String> columns = fields.category().isEmpty() ? List.of(CATEGORY) : fields.category();
        return columns.stream()
                .map(column -> row.words(column).replace('/', '-'))
                .reduce((one, other) -> one + "/" + other)
                .filter(it -> !it.replace("/", "").isEmpty())
                .orElse("all");
    }

    Optional<String> unit(ItemRow row) {
        return fields.unit().map(row::words).filter(it -> !it.isEmpty());
    }

    Optional<String> cluster(ItemRow row) {
        return fields.cluster().map(row::words).filter(it -> !it.isEmpty());
    }

    private static String first(ItemRow row, Optional<String> named, List<String> usual) {
        return named.isPresent()
                ? row.words(named.get())
                : usual.stream()
                        .map(row::words)
                        .filter(it -> !it.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    /** Refuses columns that were named and that no row has, all of them at once. */
    void check(Path definition, Path items, List<ColumnUse> uses) {
        Problems problems = new Problems(definition);
        TreeSet<String> known = new TreeSet<>(seen);
        uses.stream()
                .filter(use -> !seen.contains(use.column()))
                .forEach(use -> problems.add(
                        use.line(),
                        "'" + use.as() + "' names the column '" + use.column() + "', which " + items.getFileName()
                                + " has not"
                                + Nearest.of(use.column(), known)
                                        .map(near -> "; did you mean " + near)
                                        .orElse("; it has " + named(known))));
        problems.throwIfAny();
    }

    private static String named(Set<String> known) {
        return String.join(", ", known.stream().limit(NAMED).toList()) + (known.size() > NAMED ? ", …" : "");
    }
}
