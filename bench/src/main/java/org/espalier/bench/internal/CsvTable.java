package org.espalier.bench.internal;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.espalier.core.InputException;

/**
 * A CSV file read row by row: UTF-8 with or without byte order mark, texts over several lines in quotes, columns by
 * name whatever their order, case and surrounding spaces.
 */
public final class CsvTable {
    private CsvTable() {}

    /** A row of a file with a header. */
    public record Row(Map<String, Integer> places, CsvRecord record) {
        /** What stands in a column; empty where the row is too short or the file has no such column. */
        public String text(String column) {
            Integer place = places.get(key(column));
            return place == null || place >= record.getFieldCount()
                    ? ""
                    : record.getField(place).strip();
        }

        public long line() {
            return record.getStartingLineNumber();
        }
    }

    /**
     * Reads a file with a header.
     *
     * @param needed columns it cannot do without
     * @throws InputException naming those it lacks
     */
    public static void read(Path file, List<String> needed, Consumer<Row> each) {
        Map<String, Integer> places = new HashMap<>();
        CsvText.records(file, CsvReader.builder()::ofCsvRecord, record -> {
            if (places.isEmpty()) {
                for (int i = 0; i < record.getFieldCount(); i++) {
                    places.putIfAbsent(key(record.getField(i)), i);
                }
                List<String> absent = needed.stream()
                        .filter(column -> !places.containsKey(key(column)))
                        .toList();
                if (!absent.isEmpty()) {
                    throw new InputException(file + " has no column " + String.join(", ", absent) + ": its header is \""
                            + String.join(",", record.getFields()) + "\"");
                }
                return;
            }
            each.accept(new Row(places, record));
        });
        if (places.isEmpty()) {
            throw new InputException(file + " is empty where a CSV file with a header is needed");
        }
    }

    /**
     * The first column of a file without header, one text a row, in order. A blank line is a row without text, because
     * pictures are numbered by rows; those behind the last text are none.
     */
    public static void firstColumn(Path file, Consumer<String> each) {
        int[] blank = {0};
        CsvText.records(file, CsvReader.builder().skipEmptyLines(false)::ofCsvRecord, record -> {
            String text = record.getField(0).strip();
            if (text.isEmpty()) {
                blank[0]++;
                return;
            }
            for (; blank[0] > 0; blank[0]--) {
                each.accept("");
            }
            each.accept(text);
        });
    }

    private static String key(String column) {
        return column.strip().toLowerCase(Locale.ROOT);
    }
}
