package org.espalier.ssui.foreign;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.OwnerOnly;
import org.espalier.core.file.PictureFile;
import org.espalier.core.file.ScratchFolder;
import org.espalier.core.file.Sha256;
import org.espalier.picture.PictureFormat;
import org.espalier.ssui.internal.parquet.ParquetRows;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parquet as lines of JSON with the pictures beside them, since models read pictures from files. What was unpacked once is
 * found again by the hash of the Parquet file. One row at a time is in memory.
 *
 * @param cache the folder that holds what was unpacked
 */
public record UnpackedParquet(Path cache) {
    private static final String LINES = "rows.jsonl";
    private static final String PICTURES = "pictures";
    private static final String UNPACKING = ".unpacking-";
    private static final Pattern OURS = Pattern.compile("images/[A-Za-z0-9_-]+\\.[a-z]+");
    /** Bytes of text that come out of any file, and as many more a byte of it: what repeats itself is packed so well. */
    private static final long LEAST_TEXT = 256L << 20;

    private static final long MOST_TEXT = 1000;
    /** Names another folder when what is written of a row changes. */
    private static final String FORM = "2";
    /** Columns of ours that hold JSON as text, since their fields differ from row to row. */
    private static final List<String> JSON_TEXTS = List.of("tag", "provenance");

    /** Where unpacked data lie: {@code $ESPALIER_CACHE}, else {@code espalier} in the user's folder of caches. */
    public static UnpackedParquet standard() {
        Path cache = Optional.ofNullable(System.getenv("ESPALIER_CACHE"))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .filter(name -> !name.isBlank())
                        .map(name -> Path.of(name, "espalier")))
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache", "espalier"));
        return new UnpackedParquet(cache.resolve("data"));
    }

    /**
     * The lines of a file, or of all files of the set that it belongs to; a row is a line.
     *
     * @throws InputException if it cannot be read, or a picture that it names by its path is not below its folder
     */
    public Path lines(Path parquet) {
        List<Path> shards = ParquetShards.of(parquet);
        StringBuilder hashes = new StringBuilder(FORM);
        shards.forEach(shard -> hashes.append('\n').append(Sha256.of(shard)));
        // Pictures that are only named lie beside: another copy of the file has others beside it.
        Path folder = cache.resolve(
                Sha256.of(hashes + "\n" + parquet.toAbsolutePath().normalize().getParent()));
        Path lines = folder.resolve(LINES);
        ScratchFolder.sweep(cache, UNPACKING);
        if (Files.isRegularFile(lines)) {
            return lines;
        }
        OwnerOnly.folder(cache);
        try (ScratchFolder part = ScratchFolder.in(cache, UNPACKING)) {
            unpack(shards, part.path());
            move(part.path(), folder);
            return lines;
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }

    /** Another process may have been faster: what it unpacked is the same. */
    private static void move(Path part, Path folder) throws IOException {
        try {
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!Files.isRegularFile(folder.resolve(LINES))) {
                throw e;
            }
        }
    }

    private static void unpack(List<Path> shards, Path folder) throws IOException {
        Files.createDirectory(folder.resolve(PICTURES));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(LINES)), 1 << 16)) {
            for (Path shard : shards) {
                PictureFile beside = new PictureFile(shard);
                long most = LEAST_TEXT + MOST_TEXT * Files.size(shard);
                long[] written = {0};
                try (ParquetRows rows = ParquetRows.open(shard)) {
                    rows.eachRecord((number, row) -> {
                        ObjectNode line = new Row(shard, number + 1, beside, folder).plain(row);
                        byte[] text = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
                        written[0] += text.length;
                        if (written[0] > most) {
                            throw new InputException(shard + " becomes more than " + (most >> 20)
                                    + " MiB of text, a thousand times its size: the same words again and again are no"
                                    + " data");
                        }
                        out.write(text);
                    });
                }
            }
        }
    }

    /** A row whose pictures become files. */
    private record Row(Path shard, long number, PictureFile beside, Path folder) {
        ObjectNode plain(ObjectNode row) throws IOException {
            ObjectNode line = Json.object();
            for (var field : row.properties()) {
                line.set(field.getKey(), column(field.getKey(), field.getValue()));
            }
            return line;
        }

        private JsonNode column(String name, JsonNode value) throws IOException {
            if (JSON_TEXTS.contains(name) && value.isString()) {
                return parsed(value);
            }
            boolean pictures = name.equals("image") || name.equals("images");
            return pictures ? named(plain(value)) : plain(value);
        }

        /** Pictures wherever they stand: bytes, or a struct of bytes and a path as 'datasets' has them. */
        private JsonNode plain(JsonNode value) throws IOException {
            if (value instanceof BinaryNode bytes) {
                return file(bytes, "");
            }
            if (value instanceof ArrayNode array) {
                List<JsonNode> items = new ArrayList<>();
                for (JsonNode item : array) {
                    items.add(plain(item));
                }
                return Json.tree(items);
            }
            if (!(value instanceof ObjectNode object)) {
                return value;
            }
            if (object.has("bytes") && object.size() == (object.has("path") ? 2 : 1)) {
                String path = object.path("path").asString("");
                return object.path("bytes") instanceof BinaryNode bytes ? file(bytes, path) : object.path("path");
            }
            return plain(object);
        }

        /** @param path what the row calls it: names of ours stay, so that trees of the lines beside are those of the Parquet */
        private JsonNode file(BinaryNode node, String path) throws IOException {
            byte[] bytes = node.binaryValue();
            if (OURS.matcher(path).matches()) {
                Path own = folder.resolve(path);
                Files.createDirectories(folder.resolve("images"));
                if (!Files.exists(own)) {
                    Files.write(own, bytes);
                }
                if (Arrays.equals(Files.readAllBytes(own), bytes)) {
                    return Json.tree(path);
                }
            }
            String name = name(Sha256.of(bytes), bytes);
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                Files.write(file, bytes);
            }
            return Json.tree(name);
        }

        /** Pictures that a column names by their paths are brought along. */
        private JsonNode named(JsonNode value) throws IOException {
            if (value instanceof ArrayNode array) {
                List<JsonNode> items = new ArrayList<>();
                for (JsonNode item : array) {
                    items.add(named(item));
                }
                return Json.tree(items);
            }
            if (!value.isString() || isFile(value.stringValue())) {
                return value;
            }
            return switch (beside.find(value.stringValue())) {
                case PictureFile.Found.At(Path picture) -> {
                    String name = name(Sha256.of(picture), head(picture));
                    if (!Files.exists(folder.resolve(name))) {
                        Files.copy(picture, folder.resolve(name));
                    }
                    yield Json.tree(name);
                }
                case PictureFile.Found.Not(String why) ->
                    throw new InputException(shard + ", row " + number + ": " + why);
            };
        }

        private static String name(String sha256, byte[] head) {
            String extension = PictureFormat.of(head)
                    .map(format -> "." + format.extension())
                    .orElse("");
            return PICTURES + "/" + sha256 + extension;
        }

        private static byte[] head(Path picture) throws IOException {
            try (InputStream in = Files.newInputStream(picture)) {
                return in.readNBytes(PictureFormat.HEAD);
            }
        }

        /** Whether a name is that of a picture which was unpacked. */
        private boolean isFile(String name) {
            return (name.startsWith(PICTURES + "/") || OURS.matcher(name).matches())
                    && !name.contains("..")
                    && Files.exists(folder.resolve(name));
        }

        private static JsonNode parsed(JsonNode text) {
            try {
                return Json.parse(text.stringValue());
            } catch (JacksonException e) {
                return text;
            }
        }
    }

    /** Whether a name says Parquet, whatever is in the file. */
    static boolean isNamedParquet(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
    }
}
