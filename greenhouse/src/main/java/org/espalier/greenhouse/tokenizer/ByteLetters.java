package org.espalier.greenhouse.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * The 256 letters that byte-level tokenizers write for the 256 bytes: printable Latin-1 characters stand for
 * themselves, every other byte for the next free character from U+0100 on (a space is U+0120).
 */
final class ByteLetters {
    private static final String LETTERS = letters();

    private ByteLetters() {}

    private static String letters() {
        StringBuilder letters = new StringBuilder();
        char free = 0x100;
        for (char b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            letters.append(printable ? b : free++);
        }
        return letters.toString();
    }

    /** The letter of a byte from 0 to 255. */
    static String of(int b) {
        return LETTERS.substring(b, b + 1);
    }

    /** A text as the letters of its UTF-8 bytes. */
    static String spell(String text) {
        StringBuilder spelled = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            spelled.append(LETTERS.charAt(b & 255));
        }
        return spelled.toString();
    }
}
