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
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes samples as Parquet that Hugging Face {@code datasets} opens with its own features: pictures as {@code Image},
 * steps as a list; tag and provenance as JSON texts, since their fields differ from sample to sample.
 *
 * @param embedded whether the pictures go in, or their paths
 */
record ParquetFiles(Path folder, boolean embedded) {
    /** Picture bytes in one file, so that a file fits the memory of whoever reads it whole. */
    private static final long SHARD_BYTES = 128L << 20;

    private static final int SHARD_ROWS = 10_000;
    private static final List<String> TEXTS =
            List.of("id", "query", "answer", "risk", "category", "split", "licence", "training", "tag", "provenance");

    /** Writes the files of one split and returns their names. */
    List<String> write(String split, List<ExportedSample> items, Progress progress) {
        List<List<ExportedSample>> shards = shards(items);
        List<String> names = new ArrayList<>();
        long[] done = {0};
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            // Else columns without an empty place are written as never empty, which is another type to 'datasets'.
            sql.execute("SET disabled_optimizers = 'statistics_propagation'");
            for (int i = 0; i < shards.size(); i++) {
                String name = "%s-%05d-of-%05d.parquet".formatted(split, i, shards.size());
                sql.execute("CREATE OR REPLACE TABLE sample(id VARCHAR, image "
                        + (embedded ? "STRUCT(bytes BLOB, path VARCHAR)" : "VARCHAR")
                        + ", query VARCHAR, steps VARCHAR[], answer VARCHAR, risk VARCHAR, category VARCHAR,"
                        + " split VARCHAR, licence VARCHAR, training VARCHAR, tag VARCHAR, provenance VARCHAR)");
                fill(duck, shards.get(i));
                copy(sql, name);
                names.add(name);
                done[0] += shards.get(i).size();
                progress.at("writing " + split + " as Parquet", done[0], items.size(), "");
            }
            return names;
        } catch (SQLException e) {
            throw new SurroundingsException("writing Parquet below " + folder + " failed: " + DuckDatabase.said(e), e);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    private List<List<ExportedSample>> shards(List<ExportedSample> items) {
        List<List<ExportedSample>> shards = new ArrayList<>();
        long bytes = 0;
        for (ExportedSample item : items) {
            long more = embedded ? item.picture().bytes() : 0;
            boolean full = !shards.isEmpty()
                    && (bytes + more > SHARD_BYTES || shards.getLast().size() >= SHARD_ROWS);
            if (shards.isEmpty() || full) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.getLast().add(item);
            bytes += more;
        }
        return shards;
    }

    private void fill(Connection duck, List<ExportedSample> items) throws SQLException, IOException {
        String image = embedded ? "{'bytes': ?::BLOB, 'path': ?::VARCHAR}" : "?";
        try (PreparedStatement insert = duck.prepareStatement("INSERT INTO sample SELECT ?, " + image
                + ", ?, from_json(?, '[\"VARCHAR\"]'), ?, ?, ?, ?, ?, ?, ?, ?")) {
            for (ExportedSample item : items) {
                int at = 1;
                insert.setString(at++, item.draft().id());
                if (embedded) {
                    insert.setBytes(at++, Files.readAllBytes(item.file()));
                }
                insert.setString(at++, item.image());
                insert.setString(at++, item.draft().query());
                insert.setString(at++, Json.line(Json.tree(item.draft().steps())));
                insert.setString(at++, item.draft().answer());
                insert.setString(at++, item.draft().risk().label());
                insert.setString(at++, item.draft().category());
                insert.setString(at++, item.split());
                insert.setString(at++, item.picture().licence().title());
                insert.setString(at++, item.training().label());
                insert.setString(at++, Json.line(item.draft().tag()));
                insert.setString(at, Json.line(item.draft().provenance()));
                insert.execute();
            }
        }
    }

    private void copy(Statement sql, String name) throws SQLException, IOException {
        Path part = folder.resolve("." + name + ".part");
        sql.execute("COPY sample TO " + DuckDatabase.quoted(part)
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1024, KV_METADATA {huggingface: "
                + DuckDatabase.quoted(Json.line(features())) + "})");
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the columns are, as {@code datasets} keeps it in the file; the order is that of the columns. */
    private ObjectNode features() {
        ObjectNode features = Json.object();
        for (String column : List.of("id", "image", "query", "steps")) {
            features.putObject(column);
        }
        TEXTS.forEach(column -> features.set(column, text()));
        features.set("image", embedded ? Json.object().put("_type", "Image") : text());
        ArrayNode steps = features.putArray("steps");
        steps.add(text());
        ObjectNode info = Json.object();
        info.putObject("info").set("features", features);
        return info;
    }

    private static ObjectNode text() {
        return Json.object().put("dtype", "string").put("_type", "Value");
    }
}
