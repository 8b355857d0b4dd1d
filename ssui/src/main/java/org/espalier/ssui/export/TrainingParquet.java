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
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes rows of training data as Parquet that {@code datasets} opens with its own features: turns as lists of structs,
 * pictures as {@code Image} with their bytes.
 */
record TrainingParquet(Path folder) {
    /** Picture bytes in one file; a picture stands in each row that shows it. */
    private static final long SHARD_BYTES = 128L << 20;

    /** A column by what its first value is. */
    private enum Kind {
        TURNS(
                "STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]",
                "from_json(?, '[{\"role\":\"VARCHAR\",\"content\":\"VARCHAR\"}]')"),
        PICTURES("STRUCT(bytes BLOB, path VARCHAR)[]", "[{'bytes': ?::BLOB, 'path': ?::VARCHAR}]"),
        FLAG("BOOLEAN", "?"),
        NUMBER("INTEGER", "?"),
        TEXT("VARCHAR", "?");

        private final String type;
        private final String value;

        Kind(String type, String value) {
            this.type = type;
            this.value = value;
        }

        static Kind of(String name, JsonNode value) {
            if (name.equals("images")) {
                return PICTURES;
            }
            return value.isArray() ? TURNS : value.isBoolean() ? FLAG : value.isNumber() ? NUMBER : TEXT;
        }

        JsonNode feature() {
            return switch (this) {
                case TURNS ->
                    Json.tree(List.of(Json.object().set("role", text()).set("content", text())));
                case PICTURES -> Json.tree(List.of(Json.object().put("_type", "Image")));
                case FLAG -> Json.object().put("dtype", "bool").put("_type", "Value");
                case NUMBER -> Json.object().put("dtype", "int32").put("_type", "Value");
                case TEXT -> text();
            };
        }

        private static ObjectNode text() {
            return Json.object().put("dtype", "string").put("_type", "Value");
        }
    }

    /** Writes the files {@code train-*.parquet}; pictures lie below the folder. */
    void write(List<ObjectNode> rows) {
        List<List<ObjectNode>> shards = shards(rows);
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            // Else columns without an empty place are written as never empty, which is another type to 'datasets'.
            sql.execute("SET disabled_optimizers = 'statistics_propagation'");
            for (int i = 0; i < shards.size(); i++) {
                fill(duck, sql, shards.get(i));
                copy(sql, "train-%05d-of-%05d.parquet".formatted(i, shards.size()), rows.getFirst());
            }
        } catch (SQLException e) {
            throw new SurroundingsException("writing Parquet below " + folder + " failed: " + DuckDatabase.said(e), e);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    private List<List<ObjectNode>> shards(List<ObjectNode> rows) {
        List<List<ObjectNode>> shards = new ArrayList<>();
        long bytes = SHARD_BYTES;
        for (ObjectNode row : rows) {
            long more;
            try {
                more = Files.size(picture(row));
            } catch (IOException e) {
                throw FileTrouble.reading(picture(row), e);
            }
            if (bytes + more > SHARD_BYTES) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.getLast().add(row);
            bytes += more;
        }
        return shards;
    }

    private Path picture(ObjectNode row) {
        return folder.resolve(row.path("images").path(0).asString());
    }

    private void fill(Connection duck, Statement sql, List<ObjectNode> rows) throws SQLException, IOException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        rows.getFirst().properties().forEach(field -> {
            Kind kind = Kind.of(field.getKey(), field.getValue());
            columns.add(DuckDatabase.name(field.getKey()) + " " + kind.type);
            values.add(kind.value);
        });
        sql.execute("CREATE OR REPLACE TABLE example(" + String.join(", ", columns) + ")");
        try (PreparedStatement insert =
                duck.prepareStatement("INSERT INTO example SELECT " + String.join(", ", values))) {
            for (ObjectNode row : rows) {
                int at = 1;
                for (var field : row.properties()) {
                    JsonNode value = field.getValue();
                    switch (Kind.of(field.getKey(), value)) {
                        case TURNS -> insert.setString(at++, Json.line(value));
                        case PICTURES -> {
                            insert.setBytes(at++, Files.readAllBytes(picture(row)));
                            insert.setString(at++, value.path(0).asString());
                        }
                        case FLAG -> insert.setBoolean(at++, value.booleanValue());
                        case NUMBER -> insert.setInt(at++, value.intValue());
                        case TEXT -> insert.setString(at++, value.isString() ? value.stringValue() : Json.line(value));
                    }
                }
                insert.execute();
            }
        }
    }

    private void copy(Statement sql, String name, ObjectNode first) throws SQLException, IOException {
        ObjectNode features = Json.object();
        first.properties()
                .forEach(field -> features.set(
                        field.getKey(),
                        Kind.of(field.getKey(), field.getValue()).feature()));
        ObjectNode info = Json.object();
        info.putObject("info").set("features", features);
        Path part = folder.resolve("." + name + ".part");
        sql.execute("COPY example TO " + DuckDatabase.quoted(part)
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1024, KV_METADATA {huggingface: "
                + DuckDatabase.quoted(Json.line(info)) + "})");
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
