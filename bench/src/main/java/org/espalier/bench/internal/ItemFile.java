package org.espalier.bench.internal;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TextFile;
import org.espalier.core.file.TextLines;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A file of rows, each with columns by name: JSON lines, JSON, CSV, TSV. */
public final class ItemFile {
    /** The column of a record's own name, where a JSON file is an object of records. */
    public static final String KEY = "key";

    /** Characters of one field: a picture of 24 MB as base64. */
    private static final int LONGEST_FIELD = 1 << 25;

    private static final int DEEPEST = 8;

    /** Takes {@code NaN} too, which Python writes where pandas has nothing. */
    private static final JsonMapper PYTHON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(Json.limits())
                    .build())
            .build();

    private ItemFile() {}

    /**
     * Hands over row after row.
     *
     * @throws InputException if it is no such file, or a text in it holds what no text may
     */
    public static void each(Path file, Consumer<ItemRow> each) {
        rows(file, row -> {
            row.values().forEach((column, value) -> {
                switch (value) {
                    case ItemValue.One(String text) -> requireText(file, row, column, text);
                    case ItemValue.Several(List<String> texts) ->
                        texts.forEach(text -> requireText(file, row, column, text));
                }
            });
            each.accept(row);
        });
    }

    /** NUL, and half of a character, which would be sent as a question mark. */
    private static void requireText(Path file, ItemRow row, String column, String text) {
        if (text.codePoints().anyMatch(sign -> sign == 0 || Character.getType(sign) == Character.SURROGATE)) {
            throw new InputException(file + ", row " + (row.number() + 1) + ", column \"" + column
                    + "\" holds NUL or half a character: take it out");
        }
    }

    private static void rows(Path file, Consumer<ItemRow> each) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jsonl", "ndjson" -> jsonLines(file, each);
            case "json" -> json(file, each);
            case "csv" -> table(file, ',', each);
            case "tsv" -> table(file, '\t', each);
            default ->
                throw new InputException(file + " is of no kind that is read: questions and answers come as .jsonl,"
                        + " .json, .csv or .tsv");
        }
    }

    private static void jsonLines(Path file, Consumer<ItemRow> each) {
        Problems problems = new Problems(file);
        try (TextLines in = new TextLines(file)) {
            long number = 0;
            for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
                if (!line.get().isBlank()) {
                    object(line.get(), in.number(), problems)
                            .map(rows(number++))
                            .ifPresent(each);
                }
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
        problems.throwIfAny();
    }

    private static Function<ObjectNode, ItemRow> rows(long number) {
        return object -> row(number, object);
    }

    private static Optional<ObjectNode> object(String line, long place, Problems problems) {
        try {
            if (PYTHON.readTree(unmarked(line)) instanceof ObjectNode object) {
                return Optional.of(object);
            }
            problems.add(place, "is not an object: write one {...} a line");
        } catch (JacksonException e) {
            problems.add(place, Json.complaint(e));
        }
        return Optional.empty();
    }

    /** Without the byte order mark that an editor may have put at the beginning. */
    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static JsonNode parsed(Path file) {
        try {
            return PYTHON.readTree(unmarked(TextFile.read(file)));
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e), e);
        }
    }

    private static void json(Path file, Consumer<ItemRow> each) {
        long number = 0;
        switch (parsed(file)) {
            case ArrayNode list -> {
                for (JsonNode record : list) {
                    each.accept(row(number, record(file, number + 1, record)));
                    number++;
                }
            }
            case ObjectNode records -> {
                for (var entry : records.properties()) {
                    ObjectNode record = record(file, number + 1, entry.getValue());
                    each.accept(row(number, record.has(KEY) ? record : record.put(KEY, entry.getKey())));
                    number++;
                }
            }
            default -> throw new InputException(file + " is neither a list of records nor an object of them");
        }
    }

    private static ObjectNode record(Path file, long number, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new InputException(file + ", record " + number + " is not an object");
    }

    private static ItemRow row(long number, ObjectNode object) {
        SequencedMap<String, ItemValue> values = new LinkedHashMap<>();
        collect(object, "", values, 0);
        return new ItemRow(number, values);
    }

    /** Fields of inner objects stand behind a dot. */
    private static void collect(ObjectNode object, String before, SequencedMap<String, ItemValue> values, int depth) {
        object.properties().forEach(field -> {
            String name = before + field.getKey();
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode inner && depth < DEEPEST) {
                collect(inner, name + ".", values, depth + 1);
            } else if (value instanceof ArrayNode list) {
                values.put(
                        name,
                        new ItemValue.Several(
                                list.valueStream().map(ItemFile::text).toList()));
            } else if (!value.isNull() && !(value.isNumber() && Double.isNaN(value.doubleValue()))) {
                values.put(name, new ItemValue.One(text(value)));
            }
        });
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.line(value);
    }

    private static void table(Path file, char separator, Consumer<ItemRow> each) {
        long[] number = {0};
        var parser = CsvReader.builder()
                .fieldSeparator(separator)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_FIELD);
        CsvText.records(file, parser::ofNamedCsvRecord, (NamedCsvRecord record) -> {
            SequencedMap<String, ItemValue> values = new LinkedHashMap<>();
            List<String> header = record.getHeader();
            for (int i = header.size(); i < record.getFieldCount(); i++) {
                if (!record.getField(i).isBlank()) {
                    throw new InputException(file + ", line " + record.getStartingLineNumber() + " has "
                            + record.getFieldCount() + " fields where the header has " + header.size()
                            + ": put texts that hold the separator between quotation marks");
                }
            }
            for (int i = 0; i < Math.min(header.size(), record.getFieldCount()); i++) {
                if (!record.getField(i).isBlank()) {
                    values.put(header.get(i).strip(), new ItemValue.One(record.getField(i)));
                }
            }
            each.accept(new ItemRow(number[0]++, values));
        });
    }
}
