package org.espalier.hub.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.espalier.hub.repository.RemoteFile;

/** The hash by which a hub knows a content: SHA-256, or for small files Git's SHA-1 over a header and the content. */
public final class Content {
    private final MessageDigest digest;

    private Content(String algorithm) {
        try {
            this.digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** Begins the hash that a listed file has. */
    static Content of(RemoteFile file) {
        return file.isLarge() ? new Content("SHA-256") : git(file.bytes());
    }

    private static Content git(long bytes) {
        Content content = new Content("SHA-1");
        byte[] header = ("blob " + bytes + "\0").getBytes(StandardCharsets.UTF_8);
        content.add(header, header.length);
        return content;
    }

    /** Git's hash of a content. */
    public static String git(byte[] bytes) {
        Content content = git(bytes.length);
        content.add(bytes, bytes.length);
        return content.hash();
    }

    void add(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** Adds what a file holds, and returns how much. */
    long add(Path file) throws IOException {
        long all = 0;
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                add(piece, n);
                all += n;
            }
        }
        return all;
    }

    /** Ends it. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
