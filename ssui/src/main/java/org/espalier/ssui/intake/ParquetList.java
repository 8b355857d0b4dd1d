package org.espalier.ssui.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.PictureFile;
import org.espalier.ssui.parquet.Duck;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Training;

/**
 * Parquet files as Hugging Face has them: a column of pictures ({@code struct(bytes, path)}, or plain bytes), and of
 * licence, training, author, title and link those columns that are there. A row's key is the hash of its picture, so that neither
 * order nor cut of the files matters.
 *
 * @param file a file, or a folder of files
 * @param collection what the pictures are called together
 */
public record ParquetList(Path file, String collection) implements PictureList {
    private static final int ROWS_A_REPORT = 1000;

    /** Names under which each fact is known, the first that is there counts. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "licence", List.of("licence", "license"),
            "licence_url", List.of("licence_url", "license_url"),
            "url", List.of("url", "image_url", "coco_url", "original_url"),
            "author", List.of("author", "creator", "artist"),
            "title", List.of("title", "file_name"),
            "training", List.of("training"));

    @Override
    public String title() {
        return "Parquet, " + file;
    }

    @Override
    public void tell(Draw draw, Progress progress) {
        try (Connection duck = Duck.open();
                Statement sql = duck.createStatement()) {
            for (Path part : parts()) {
                tell(sql, part, draw, progress);
            }
        } catch (SQLException e) {
            throw new InputException(file + " cannot be read as Parquet: " + Duck.said(e), e);
        }
    }

    private List<Path> parts() {
        if (!Files.isDirectory(file)) {
            if (!Files.exists(file)) {
                throw new InputException("there is no file " + file);
            }
            return List.of(file);
        }
        try (Stream<Path> files = Files.list(file)) {
            List<Path> parts = files.filter(part -> part.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
            if (parts.isEmpty()) {
                throw new InputException(file + " holds no file that ends in .parquet");
            }
            return parts;
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private void tell(Statement sql, Path part, Draw draw, Progress progress) throws SQLException {
        String from = " FROM read_parquet(" + Duck.quoted(part) + ", file_row_number = true)";
        Map<String, String> columns = columns(sql, from);
        Column picture = Column.of(part, columns);
        PictureFile beside = new PictureFile(part);
        long count = 0;
        try (ResultSet rows = sql.executeQuery("SELECT file_row_number, coalesce(sha256(" + picture.bytes + "), ''), "
                + picture.path + facts(columns) + from)) {
            while (rows.next()) {
                take(part, picture, rows, beside, draw);
                if (++count % ROWS_A_REPORT == 0) {
                    progress.at("reading " + part.getFileName(), count, 0, "");
                }
            }
        }
    }

    private void take(Path part, Column picture, ResultSet row, PictureFile beside, Draw draw) throws SQLException {
        String hash = row.getString(2);
        String path = text(row, 3);
        String key = hash.isEmpty() ? path : hash;
        Candidate.Place place;
        if (!hash.isEmpty()) {
            place = new Candidate.Place.InParquet(part, picture.bytes, row.getLong(1));
        } else if (!key.isEmpty() && beside.find(path) instanceof PictureFile.Found.At(Path at)) {
            place = new Candidate.Place.InFile(at);
        } else {
            draw.passOver();
            return;
        }
        if (!draw.wants(collection, key)) {
            return;
        }
        String title = text(row, 8).isEmpty() ? path : text(row, 8);
        draw.take(new Candidate(
                new PictureSource(collection, key, text(row, 6), text(row, 7), title), licence(row), place));
    }

    /** What a row says of training counts before what is known of its licence. */
    private static Licence licence(ResultSet row) throws SQLException {
        Licence known = Licences.of(text(row, 4), text(row, 5));
        return new Licence(known.name(), known.url(), Training.of(text(row, 9)).orElse(known.training()));
    }

    /** Names and types, by lower-case name. */
    private static Map<String, String> columns(Statement sql, String from) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (ResultSet rows = sql.executeQuery("DESCRIBE SELECT *" + from)) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getString(2).toUpperCase(Locale.ROOT));
            }
        }
        return columns;
    }

    private static String facts(Map<String, String> columns) {
        return Stream.of("licence", "licence_url", "url", "author", "title", "training")
                .map(fact -> columns.entrySet().stream()
                        .filter(column -> column.getValue().equals("VARCHAR"))
                        .map(Map.Entry::getKey)
                        .filter(name -> NAMES.getOrDefault(fact, List.of()).contains(name.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .map(Duck::name)
                        .orElse("''"))
                .collect(Collectors.joining(", ", ", ", ""));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    /** The column of pictures: SQL of the bytes and of the path. */
    private record Column(String bytes, String path) {
        static Column of(Path part, Map<String, String> columns) {
            List<Column> found = new ArrayList<>();
            columns.forEach((name, type) -> {
                if (type.startsWith("STRUCT(") && type.contains("BYTES BLOB")) {
                    found.addFirst(new Column(
                            Duck.name(name) + ".bytes",
                            type.contains("PATH VARCHAR") ? "coalesce(" + Duck.name(name) + ".path, '')" : "''"));
                } else if (type.equals("BLOB")) {
                    found.add(new Column(Duck.name(name), "''"));
                }
            });
            if (found.isEmpty()) {
                throw new InputException(
                        part + " has no column of pictures: struct(bytes, path) or plain bytes is needed, there are "
                                + columns.keySet());
            }
            return found.getFirst();
        }
    }
}
