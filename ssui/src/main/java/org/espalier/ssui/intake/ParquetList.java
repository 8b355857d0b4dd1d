package org.espalier.ssui.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
import org.espalier.core.file.PictureFile;
import org.espalier.core.file.Sha256;
import org.espalier.ssui.internal.parquet.ParquetRows;
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
record ParquetList(Path file, String collection) implements PictureList {
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
    public void tell(CandidateDraw draw, Progress progress) {
        for (Path part : parts()) {
            try (ParquetRows rows = ParquetRows.open(part)) {
                tell(rows, part, draw, progress);
            } catch (IOException e) {
                throw FileTrouble.reading(part, e);
            }
        }
    }

    private List<Path> parts() {
        if (!Files.isDirectory(file)) {
            if (!Files.exists(file)) {
                throw new InputException("there is no file " + file);
            }
            return List.of(file);
        }
        List<Path> parts = Folders.list(file).stream()
                .filter(part -> part.toString().endsWith(".parquet"))
                .toList();
        if (parts.isEmpty()) {
            throw new InputException(file + " holds no file that ends in .parquet");
        }
        return parts;
    }

    private void tell(ParquetRows rows, Path part, CandidateDraw draw, Progress progress) throws IOException {
        List<ParquetRows.Column> columns = rows.columns();
        PictureColumn picture = PictureColumn.of(part, columns);
        List<ParquetRows.Column> wanted = new ArrayList<>(List.of(picture.bytes()));
        Map<String, Integer> places = new HashMap<>();
        picture.path().ifPresent(path -> add("path", path, wanted, places));
        NAMES.forEach((fact, names) -> columns.stream()
                .filter(column -> column.text() && column.path().size() == 1)
                .filter(column -> names.contains(column.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(column -> add(fact, column, wanted, places)));
        PictureFile beside = new PictureFile(part);
        rows.each(wanted, (number, values) -> {
            Facts facts = new Facts(values, places);
            take(part, picture, number, values.getFirst(), facts, beside, draw);
            if ((number + 1) % ROWS_A_REPORT == 0) {
                progress.at("reading " + part.getFileName(), number + 1, 0, "");
            }
        });
    }

    private static void add(
            String fact, ParquetRows.Column column, List<ParquetRows.Column> wanted, Map<String, Integer> places) {
        places.put(fact, wanted.size());
        wanted.add(column);
    }

    /** What a row says of its picture. */
    private record Facts(List<Optional<byte[]>> values, Map<String, Integer> places) {
        /** Empty where the file or the row has none. */
        String of(String fact) {
            return Optional.ofNullable(places.get(fact))
                    .flatMap(values::get)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        }
    }

    private void take(
            Path part,
            PictureColumn picture,
            long row,
            Optional<byte[]> bytes,
            Facts facts,
            PictureFile beside,
            CandidateDraw draw) {
        String path = facts.of("path");
        String key;
        Candidate.Place place;
        if (bytes.isPresent()) {
            key = Sha256.of(bytes.get());
            place = new Candidate.Place.InParquet(part, picture.bytes().name(), row);
        } else if (!path.isEmpty() && beside.find(path) instanceof PictureFile.Found.At(Path at)) {
            key = path;
            place = new Candidate.Place.InFile(at);
        } else {
            draw.passOver();
            return;
        }
        if (!draw.wants(collection, key)) {
            return;
        }
        String title = facts.of("title").isEmpty() ? path : facts.of("title");
        draw.take(new Candidate(
                new PictureSource(collection, key, facts.of("url"), facts.of("author"), title), licence(facts), place));
    }

    /** What a row says of training counts before what is known of its licence. */
    private static Licence licence(Facts facts) {
        Licence known = Licences.of(facts.of("licence"), facts.of("licence_url"));
        return new Licence(
                known.name(),
                known.url(),
                Labelled.find(Training.class, facts.of("training")).orElse(known.training()));
    }

    /** The column of pictures: their bytes, and the path beside them in a struct. */
    private record PictureColumn(ParquetRows.Column bytes, Optional<ParquetRows.Column> path) {
        static PictureColumn of(Path part, List<ParquetRows.Column> columns) {
            List<PictureColumn> found = new ArrayList<>();
            for (ParquetRows.Column column : columns) {
                if (column.text()) {
                    continue;
                }
                if (column.path().size() == 2 && column.path().getLast().equalsIgnoreCase("bytes")) {
                    found.addFirst(new PictureColumn(column, beside(column, columns)));
                } else if (column.path().size() == 1) {
                    found.add(new PictureColumn(column, Optional.empty()));
                }
            }
            if (found.isEmpty()) {
                throw new InputException(
                        part + " has no column of pictures: struct(bytes, path) or plain bytes is needed, there are "
                                + columns.stream().map(ParquetRows.Column::name).toList());
            }
            return found.getFirst();
        }

        private static Optional<ParquetRows.Column> beside(ParquetRows.Column bytes, List<ParquetRows.Column> columns) {
            return columns.stream()
                    .filter(column -> column.text() && column.path().size() == 2)
                    .filter(column ->
                            column.path().getFirst().equals(bytes.path().getFirst()))
                    .filter(column -> column.path().getLast().equalsIgnoreCase("path"))
                    .findFirst();
        }
    }
}
