package org.espalier.ssui.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;

/** The Parquet files that one of them stands for: those of a set such as {@code train-00000-of-00003.parquet}, in order. */
final class ParquetShards {
    private static final Pattern SHARD = Pattern.compile("(.*-)(\\d{5})(-of-)(\\d{5})(.*)");
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private ParquetShards() {}

    /** Whether a file begins as Parquet does. */
    static boolean isParquet(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** @throws InputException if one of the set is not there */
    static List<Path> of(Path file) {
        Matcher shard = SHARD.matcher(String.valueOf(file.getFileName()));
        if (!shard.matches()) {
            return List.of(file);
        }
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(shard.group(4)); i++) {
            Path one = file.resolveSibling(
                    shard.group(1) + "%05d".formatted(i) + shard.group(3) + shard.group(4) + shard.group(5));
            if (!Files.isRegularFile(one)) {
                throw new InputException("there is no file " + one + ", which belongs to " + file);
            }
            all.add(one);
        }
        return all.isEmpty() ? List.of(file) : all;
    }
}
