package org.espalier.ssui.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.ssui.internal.parquet.ParquetRows;

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

    private void fill(Path file, String column, SortedMap<Long, Integer> wanted, Progress progress) {
        try (ParquetRows rows = ParquetRows.open(file)) {
            Files.createDirectories(folder);
            List<ParquetRows.Column> pictures = rows.columns().stream()
                    .filter(one -> one.name().equals(column))
                    .toList();
            long[] count = {0};
            rows.each(pictures, (row, values) -> {
                Integer number = wanted.get(row);
                if (number != null && values.getFirst().isPresent()) {
                    Files.write(
                            folder.resolve(Integer.toString(number)),
                            values.getFirst().get());
                    progress.at("unpacking " + file.getFileName(), ++count[0], wanted.size(), "");
                }
            });
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }
}
