package org.espalier.model.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The 256 letters that byte-level tokenizers write for the 256 bytes: printable Latin-1 characters stand for themselves,
 * every other byte for the next free character from U+0100 on (a space is U+0120).
 */
public final class ByteLetters {
    static final String LETTERS = letters();

    private ByteLetters() {}

    private static String letters() {
        StringBuilder letters = new StringBuilder();
        char free = 0x100;
        for (char b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            letters.append(printable ? b : free++);
        }
        return letters.toString();
    }

    /** The letter of a byte from 0 to 255. */
    public static String of(int b) {
        return LETTERS.substring(b, b + 1);
    }

    /** A text as the letters of its UTF-8 bytes. */
    public static String spell(String text) {
        StringBuilder spelled = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            spelled.append(LETTERS.charAt(b & 255));
        }
        return spelled.toString();
    }

    /** The bytes that a token's letters stand for; empty if it has a character that stands for none. */
    static Optional<byte[]> bytes(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
        for (int i = 0; i < token.length(); i++) {
            int b = value(token.charAt(i));
            if (b < 0) {
                return Optional.empty();
            }
            bytes.write(b);
        }
        return Optional.of(bytes.toByteArray());
    }

    /** An added token stands for its own text. */
    static byte[] plain(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static int value(char letter) {
        return (letter >= '!' && letter <= '~') || (letter >= 0xAE && letter <= 0xFF)
                ? letter
                : LETTERS.indexOf(letter);
    }
}
