package org.espalier.core.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON lines: UTF-8, one object a line, blank lines skipped, a byte order mark at the start and carriage returns
 * before line ends forgiven. Where {@link LineLog} wrote the file, a line that was damaged or changed since is refused.
 */
public final class JsonLines {
    /** Bytes of the longest line; a file without line ends is no data of ours and must not fill the memory. */
    private static final int LONGEST = 1 << 28;

    private final Path file;
    private final Problems problems;
    private final int longest;

    private final byte[] block = new byte[1 << 16];
    private int at;
    private int count;

    private JsonLines(Path file, Problems problems, int longest) {
        this.file = file;
        this.problems = problems;
        this.longest = longest;
    }

    /** Hands every object of a file to {@code each}; what is no object becomes a problem. */
    public static void read(Path file, Problems problems, Consumer<Fields> each) {
        read(file, problems, LONGEST, each);
    }

    /** As {@link #read(Path, Problems, Consumer)}, of lines of fewer bytes: at a longer one reading ends with a problem. */
    public static void read(Path file, Problems problems, int longest, Consumer<Fields> each) {
        new JsonLines(file, problems, longest).read(each);
    }

    /**
     * Hands every object of a file to {@code each}.
     *
     * @throws InputException naming every line and field that is wrong, after all were handed over
     */
    public static void read(Path file, Consumer<Fields> each) {
        Problems problems = new Problems(file);
        read(file, problems, each);
        problems.throwIfAny();
    }

    private void read(Consumer<Fields> each) {
        try (InputStream in = opened()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 0;
            boolean more = true;
            while (more) {
                more = fill(in, line);
                number++;
                if (line.size() >= longest) {
                    problems.add(number, "is longer than " + longest + " bytes: this is not a file of JSON lines");
                    return;
                }
                if (!take(number, line.toByteArray(), each) && number == 1) {
                    return; // A picture or a program, of which every line would be told.
                }
            }
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private InputStream opened() throws IOException {
        FileTrouble.refusePipe(file);
        LineChecksums.check(file);
        return Files.newInputStream(file);
    }

    /** Fills {@code line} up to the next line end, which is left out; false at the end of the file, or where it is too long. */
    private boolean fill(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        while (line.size() < longest) {
            if (at == count) {
                at = 0;
                count = Math.max(0, in.read(block));
                if (count == 0) {
                    return false;
                }
            }
            int end = at;
            while (end < count && block[end] != '\n') {
                end++;
            }
            line.write(block, at, end - at);
            at = Math.min(end + 1, count);
            if (end < count) {
                return line.size() < longest;
            }
        }
        return false;
    }

    /** False where the line is no text. */
    private boolean take(long number, byte[] bytes, Consumer<Fields> each) {
        String text = decode(number, bytes);
        if (text == null) {
            return false;
        }
        if (number == 1 && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        Fields.of(text, number, problems).ifPresent(each);
        return true;
    }

    private @Nullable String decode(long number, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(number, "is not UTF-8 text" + (number == 1 ? ": this is not a file of JSON lines" : ""));
            return null;
        }
    }
}
