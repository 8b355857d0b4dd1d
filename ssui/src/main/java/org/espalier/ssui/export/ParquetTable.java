package org.espalier.ssui.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes rows as Parquet that Hugging Face {@code datasets} opens with its own features: pictures as {@code Image} with
 * their bytes, turns as lists of structs; objects as JSON texts, since their fields differ from row to row.
 *
 * @param folder of the files; pictures lie below it
 * @param embedded whether {@code image} is a picture, or its path alone; {@code images} are pictures always
 */
record ParquetTable(Path folder, boolean embedded) {
    /** Picture bytes in one file, so that a file fits the memory of whoever reads it whole. */
    private static final long SHARD_BYTES = 128L << 20;

    private static final int SHARD_ROWS = 10_000;

    private static final ObjectNode TEXT_FEATURE = feature("string");

    /** A column by its name and what its first value is. */
    private enum Kind {
        TURNS(
                "STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]",
                "from_json(?, '[{\"role\":\"VARCHAR\",\"content\":\"VARCHAR\"}]')",
                Json.tree(List.of(Json.object().set("role", TEXT_FEATURE).set("content", TEXT_FEATURE)))),
        TEXTS("VARCHAR[]", "from_json(?, '[\"VARCHAR\"]')", Json.tree(List.of(TEXT_FEATURE))),
        PICTURE(
                "STRUCT(bytes BLOB, path VARCHAR)",
                "{'bytes': ?::BLOB, 'path': ?::VARCHAR}",
                Json.object().put("_type", "Image")),
        PICTURES(PICTURE.type + "[]", "[" + PICTURE.value + "]", Json.tree(List.of(PICTURE.feature))),
        FLAG("BOOLEAN", "?", feature("bool")),
        NUMBER("INTEGER", "?", feature("int32")),
        TEXT("VARCHAR", "?", TEXT_FEATURE);

        private final String type;
        private final String value;
        private final JsonNode feature;

        Kind(String type, String value, JsonNode feature) {
            this.type = type;
            this.value = value;
            this.feature = feature;
        }
    }

    private static ObjectNode feature(String type) {
        return Json.object().put("dtype", type).put("_type", "Value");
    }

    private Kind kind(String name, JsonNode value) {
        if (name.equals("images")) {
            return Kind.PICTURES;
        }
        if (name.equals("image") && embedded) {
            return Kind.PICTURE;
        }
        return value.isArray()
                ? value.path(0).isObject() ? Kind.TURNS : Kind.TEXTS
                : value.isBoolean() ? Kind.FLAG : value.isNumber() ? Kind.NUMBER : Kind.TEXT;
    }

    /**
     * Writes files {@code SPLIT-*.parquet} and returns their names.
     *
     * @param bytes of the pictures in a row
     * @param row of an item; all have the same fields
     * @param done hears how many rows are written
     */
    <T> List<String> write(
            String split, List<T> items, ToLongFunction<T> bytes, Function<T, ObjectNode> row, IntConsumer done) {
        List<List<T>> shards = shards(items, bytes);
        List<String> names = new ArrayList<>();
        int written = 0;
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            // Else columns without an empty place are written as never empty, which is another type to 'datasets'.
            sql.execute("SET disabled_optimizers = 'statistics_propagation'");
            for (List<T> shard : shards) {
                String name = "%s-%05d-of-%05d.parquet".formatted(split, names.size(), shards.size());
                ObjectNode first = row.apply(shard.getFirst());
                fill(duck, sql, first, shard, row);
                copy(sql, name, first);
                names.add(name);
                written += shard.size();
                done.accept(written);
            }
            return names;
        } catch (SQLException e) {
            throw new SurroundingsException("writing Parquet below " + folder + " failed: " + DuckDatabase.said(e), e);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    private static <T> List<List<T>> shards(List<T> items, ToLongFunction<T> bytes) {
        List<List<T>> shards = new ArrayList<>();
        long held = 0;
        for (T item : items) {
            long more = bytes.applyAsLong(item);
            if (shards.isEmpty()
                    || held + more > SHARD_BYTES
                    || shards.getLast().size() >= SHARD_ROWS) {
                shards.add(new ArrayList<>());
                held = 0;
            }
            shards.getLast().add(item);
            held += more;
        }
        return shards;
    }

    private <T> void fill(Connection duck, Statement sql, ObjectNode first, List<T> items, Function<T, ObjectNode> row)
            throws SQLException, IOException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        first.properties().forEach(field -> {
            Kind kind = kind(field.getKey(), field.getValue());
            columns.add(DuckDatabase.name(field.getKey()) + " " + kind.type);
            values.add(kind.value);
        });
        sql.execute("CREATE OR REPLACE TABLE example(" + String.join(", ", columns) + ")");
        try (PreparedStatement insert =
                duck.prepareStatement("INSERT INTO example SELECT " + String.join(", ", values))) {
            for (T item : items) {
                int at = 1;
                for (var field : row.apply(item).properties()) {
                    JsonNode value = field.getValue();
                    switch (kind(field.getKey(), value)) {
                        case PICTURE, PICTURES -> {
                            String path = (value.isArray() ? value.path(0) : value).asString();
                            insert.setBytes(at++, Files.readAllBytes(folder.resolve(path)));
                            insert.setString(at++, path);
                        }
                        case FLAG -> insert.setBoolean(at++, value.booleanValue());
                        case NUMBER -> insert.setInt(at++, value.intValue());
                        case TURNS, TEXTS, TEXT ->
                            insert.setString(at++, value.isString() ? value.stringValue() : Json.line(value));
                    }
                }
                insert.execute();
            }
        }
    }

    /** With what the columns are, as {@code datasets} keeps it in the file. */
    private void copy(Statement sql, String name, ObjectNode first) throws SQLException, IOException {
        ObjectNode info = Json.object();
        ObjectNode features = info.putObject("info").putObject("features");
        first.properties()
                .forEach(field -> features.set(field.getKey(), kind(field.getKey(), field.getValue()).feature));
        Path part = folder.resolve("." + name + ".part");
        sql.execute("COPY example TO " + DuckDatabase.quoted(part)
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1024, KV_METADATA {huggingface: "
                + DuckDatabase.quoted(Json.line(info)) + "})");
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
