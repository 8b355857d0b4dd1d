package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;

/**
 * A source as somebody writes it on the command line: a folder, a Parquet file, or {@code KIND:PLACE}, for kinds with a
 * list and a folder {@code KIND:LIST=FOLDER}.
 *
 * @param kind one of {@link #KINDS}
 * @param list the file or folder named first
 * @param folder of the pictures; where it was not named, the list's own
 */
public record SourceWords(String kind, Path list, Path folder) {
    /** The kinds of lists of pictures alone. */
    public static final List<String> KINDS = List.of("folder", "egoshots", "open-images", "coco", "parquet");

    /**
     * Reads it.
     *
     * @param others kinds that somebody else makes sense of
     */
    public static SourceWords of(String words, Set<String> others) {
        int colon = words.indexOf(':');
        String kind = colon < 0 ? "" : words.substring(0, colon);
        if (KINDS.contains(kind) || others.contains(kind)) {
            return placed(kind, words.substring(colon + 1));
        }
        Path place = Path.of(words);
        if (Files.isDirectory(place)) {
            return new SourceWords("folder", place, place);
        }
        if (words.endsWith(".parquet")) {
            return placed("parquet", words);
        }
        throw new InputException("'" + words + "' is no folder and no .parquet file, and begins with none of "
                + String.join(", ", KINDS) + (others.isEmpty() ? "" : ", " + String.join(", ", others))
                + ": write for example open-images:METADATA.csv=FOLDER");
    }

    private static SourceWords placed(String kind, String places) {
        int equals = places.indexOf('=');
        Path list = Path.of(equals < 0 ? places : places.substring(0, equals));
        if (!Files.exists(list)) {
            throw new InputException("there is no " + list + ", which the source '" + kind + ":" + places + "' names");
        }
        Path parent = list.toAbsolutePath().getParent();
        Path beside = parent == null ? list : parent;
        return new SourceWords(kind, list, equals < 0 ? beside : Path.of(places.substring(equals + 1)));
    }

    /** The pictures of a source of one of {@link #KINDS}. */
    public PictureList pictures() {
        return switch (kind) {
            case "folder" -> new FolderList(list, name());
            case "egoshots" -> FolderList.egoshots(list);
            case "open-images" -> new OpenImagesList(list, folder);
            case "coco" -> new CocoList(list, folder);
            case "parquet" -> new ParquetList(list, name());
            default -> throw new IllegalStateException("kind " + kind);
        };
    }

    private String name() {
        Path last = list.toAbsolutePath().normalize().getFileName();
        return last == null ? kind : last.toString().replaceFirst("\\.parquet$", "");
    }
}
