package org.espalier.ssui.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.ssui.parquet.Duck;

/**
 * Takes the drawn pictures out of their Parquet files into files of their own, each Parquet file in one reading:
 * picked row by row in the order of the draw, whole row groups would be read again for each.
 */
record ParquetSpool(Path folder) {
    /** The same candidates, all of them in files. */
    List<Candidate> filled(List<Candidate> candidates, Progress progress) {
        SortedMap<Path, SortedMap<Long, Integer>> wanted = new TreeMap<>();
        List<Candidate> all = new ArrayList<>(candidates);
        for (int i = 0; i < all.size(); i++) {
            Candidate candidate = all.get(i);
            if (candidate.place() instanceof Candidate.Place.InParquet(Path file, String column, long row)) {
                wanted.computeIfAbsent(file, f -> new TreeMap<>()).put(row, i);
                all.set(
                        i,
                        new Candidate(
                                candidate.source(),
                                candidate.licence(),
                                new Candidate.Place.InFile(folder.resolve(Integer.toString(i)))));
            }
        }
        wanted.forEach((file, rows) -> {
            Candidate first = candidates.get(rows.sequencedValues().getFirst());
            if (first.place() instanceof Candidate.Place.InParquet(Path f, String column, long row)) {
                fill(file, column, rows, progress);
            }
        });
        return List.copyOf(all);
    }

    private void fill(Path file, String column, SortedMap<Long, Integer> rows, Progress progress) {
        try (Connection duck = Duck.open();
                Statement sql = duck.createStatement()) {
            Files.createDirectories(folder);
            sql.execute("CREATE TABLE wanted(row BIGINT)");
            try (PreparedStatement insert = duck.prepareStatement("INSERT INTO wanted VALUES (?)")) {
                for (long row : rows.keySet()) {
                    insert.setLong(1, row);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            long count = 0;
            try (ResultSet found = sql.executeQuery("SELECT file_row_number, " + column + " FROM read_parquet("
                    + Duck.quoted(file) + ", file_row_number = true) SEMI JOIN wanted ON file_row_number = row")) {
                while (found.next()) {
                    Integer number = rows.get(found.getLong(1));
                    byte[] bytes = found.getBytes(2);
                    if (number != null && bytes != null) {
                        Files.write(folder.resolve(Integer.toString(number)), bytes);
                    }
                    progress.at("unpacking " + file.getFileName(), ++count, rows.size(), "");
                }
            }
        } catch (SQLException e) {
            throw new InputException(file + " cannot be read as Parquet: " + Duck.said(e), e);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }
}
