package org.espalier.ssui.foreign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Folders;
import org.espalier.core.file.SsuiFile;

/**
 * Questions as they lie on somebody's disk: {@code ssui.jsonl}, or Parquet with the same columns, such as {@code ssui export} and
 * {@code datasets} write.
 */
public final class QuestionFile {
    private QuestionFile() {}

    /**
     * The lines to read: the file itself, or what Parquet was unpacked to, with its pictures below their folder.
     *
     * @throws InputException if there is no such file, or it is Parquet that cannot be read
     */
    public static Path lines(Path given) {
        if (Files.isDirectory(given)) {
            throw new InputException(given + " is a folder where a data file is needed" + example(given));
        }
        return ParquetShards.isParquet(given) || UnpackedParquet.isNamedParquet(given)
                ? UnpackedParquet.standard().lines(given)
                : given;
    }

    /** Reads them; complaints name the file that was given, in which a row counts as a line. */
    public static List<SsuiSample> read(Path given) {
        Path lines = lines(given);
        try {
            return SsuiFile.read(lines);
        } catch (InputException e) {
            throw lines.equals(given)
                    ? e
                    : new InputException(String.valueOf(e.getMessage()).replace(lines.toString(), given.toString()), e);
        }
    }

    private static String example(Path folder) {
        return Folders.list(folder).stream()
                .filter(file ->
                        UnpackedParquet.isNamedParquet(file) || file.toString().endsWith(".jsonl"))
                .findFirst()
                .map(file -> ": name one, such as " + file)
                .orElse("");
    }

    /**
     * The questions for a test in a folder of Parquet: the file given, that of the split {@code test}, or the only one.
     *
     * @return what was given, where it is no folder or holds no Parquet
     */
    public static Path test(Path given) {
        if (!Files.isDirectory(given)) {
            return lines(given);
        }
        List<Path> parquet = Folders.list(given).stream()
                .filter(UnpackedParquet::isNamedParquet)
                .toList();
        boolean ours = Stream.of("ssui.jsonl", "test.jsonl", "ssui-test.jsonl")
                .anyMatch(name -> Files.exists(given.resolve(name)));
        if (parquet.isEmpty() || ours) {
            return given;
        }
        return lines(parquet.stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("test"))
                .findFirst()
                .or(() -> ParquetShards.of(parquet.getFirst()).equals(parquet)
                        ? parquet.stream().findFirst()
                        : Optional.empty())
                .orElseThrow(() -> new InputException(given + " holds several Parquet files and none whose name begins"
                        + " with test: name the one to ask, such as " + parquet.getFirst())));
    }
}
