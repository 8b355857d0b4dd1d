package org.espalier.hub.repository;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.espalier.core.SurroundingsException;

/**
 * A file of a repository, as the hub lists it.
 *
 * @param path below the repository, with forward slashes; stays there
 * @param bytes its size
 * @param hash hexadecimal: SHA-256 of a large file (64 digits), Git's SHA-1 of a small one (40)
 */
public record RemoteFile(String path, long bytes, String hash) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern PART = Pattern.compile("[^\\x00-\\x1f\\x7f/\\\\]{1,255}");
    private static final long MOST_BYTES = 1L << 50;

    public RemoteFile {
        boolean stays = path.length() <= 1000
                && Arrays.stream(path.split("/", -1))
                        .allMatch(part -> PART.matcher(part).matches() && !part.equals(".") && !part.equals(".."));
        if (!stays || bytes < 0 || bytes > MOST_BYTES || !HASH.matcher(hash).matches()) {
            throw new SurroundingsException("The hub lists a file that cannot be: "
                    + path.replaceAll("\\p{Cntrl}", "?").replaceAll("(.{100}).+", "$1...") + ", " + bytes
                    + " bytes; nothing of it is written.");
        }
    }

    /** Whether the hash is of the content alone. */
    public boolean isLarge() {
        return hash.length() == 64;
    }
}
