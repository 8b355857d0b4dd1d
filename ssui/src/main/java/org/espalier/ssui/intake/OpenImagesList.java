package org.espalier.ssui.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.PictureFile;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.pool.PictureSource;

/**
 * Open Images V7: its table of metadata ({@code ImageID}, and of {@code Subset}, {@code License}, {@code Author},
 * {@code Title}, {@code OriginalLandingURL}, {@code OriginalURL} those that are there) and a folder of pictures named
 * {@code ImageID.jpg}, in it or in a folder a subset. Rows whose picture is not there are passed over.
 */
record OpenImagesList(Path metadata, Path folder) implements PictureList {
    /** What the pictures are called together. */
    public static final String COLLECTION = "open-images";

    private static final Pattern ID = Pattern.compile("[\\w-]{1,64}");
    private static final int ROWS_A_REPORT = 1 << 16;

    @Override
    public String title() {
        return "Open Images, " + metadata;
    }

    @Override
    public void tell(CandidateDraw draw, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + " with the pictures of " + metadata);
        }
        PictureFile inside = new PictureFile(folder.resolve("pictures"));
        try (CountedStream in = CountedStream.of(metadata);
                CsvReader<CsvRecord> rows = CsvReader.builder()
                        .detectBomHeader(true)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(in, StandardCharsets.UTF_8)) {
            Columns columns = null;
            long count = 0;
            for (CsvRecord row : rows) {
                if (columns == null) {
                    columns = new Columns(row.getFields());
                    continue;
                }
                take(columns, row, inside, draw);
                if (++count % ROWS_A_REPORT == 0) {
                    progress.at("reading metadata (MiB)", in.done(), in.total(), count + " rows");
                }
            }
            progress.at("reading metadata (MiB)", in.total(), in.total(), count + " rows");
        } catch (CsvParseException e) {
            throw new InputException(metadata + " is not a sound CSV file: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw FileTrouble.reading(metadata, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileTrouble.reading(metadata, e);
        }
    }

    private void take(Columns columns, CsvRecord row, PictureFile inside, CandidateDraw draw) {
        if (row.getFieldCount() != columns.count) {
            throw new InputException(metadata + ", line " + row.getStartingLineNumber() + ": has " + row.getFieldCount()
                    + " fields where the header has " + columns.count);
        }
        String id = columns.of(row, "ImageID");
        if (!ID.matcher(id).matches()) {
            throw new InputException(metadata + ", line " + row.getStartingLineNumber()
                    + ", field \"ImageID\": is no name of a picture");
        }
        Optional<Path> file = find(inside, id, columns.of(row, "Subset"));
        if (file.isEmpty()) {
            draw.passOver();
        } else if (draw.wants(COLLECTION, id)) {
            draw.take(candidate(columns, row, id, file.get()));
        }
    }

    private static Candidate candidate(Columns columns, CsvRecord row, String id, Path file) {
        String landing = columns.of(row, "OriginalLandingURL");
        PictureSource source = new PictureSource(
                COLLECTION,
                id,
                landing.isEmpty() ? columns.of(row, "OriginalURL") : landing,
                columns.of(row, "Author"),
                columns.of(row, "Title"));
        return new Candidate(source, Licences.of("", columns.of(row, "License")), new Candidate.Place.InFile(file));
    }

    private static Optional<Path> find(PictureFile inside, String id, String subset) {
        String file = id + ".jpg";
        Stream<String> names = ID.matcher(subset).matches() ? Stream.of(file, subset + "/" + file) : Stream.of(file);
        return names.flatMap(name ->
                        inside.find(name) instanceof PictureFile.Found.At(Path at) ? Stream.of(at) : Stream.empty())
                .findFirst();
    }

    /** Where each field stands. */
    private final class Columns {
        private final Map<String, Integer> places = new HashMap<>();
        private final int count;

        Columns(List<String> header) {
            count = header.size();
            for (int i = 0; i < count; i++) {
                places.putIfAbsent(header.get(i).strip(), i);
            }
            if (!places.containsKey("ImageID")) {
                throw new InputException(metadata
                        + " has no column ImageID: name the table of image ids and rotations that comes with Open"
                        + " Images");
            }
        }

        String of(CsvRecord row, String name) {
            Integer place = places.get(name);
            return place == null ? "" : row.getField(place);
        }
    }
}
