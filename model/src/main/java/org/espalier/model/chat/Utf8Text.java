package org.espalier.model.chat;

/**
 * Text as its UTF-8 bytes come in. A character appears with its last byte; bytes that no character has appear as U+FFFD,
 * one for each longest beginning of a character, as soon as the byte after them shows it.
 */
final class Utf8Text {
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder text = new StringBuilder();
    private int missing;
    private int point;
    private int lowest = 0x80;
    private int highest = 0xBF;

    void add(byte[] bytes) {
        for (byte b : bytes) {
            add(b & 0xFF);
        }
    }

    private void add(int b) {
        if (missing > 0 && b >= lowest && b <= highest) {
            point = (point << 6) | (b & 0x3F);
            expect(missing - 1, 0x80, 0xBF);
            if (missing == 0) {
                text.appendCodePoint(point);
            }
            return;
        }
        if (missing > 0) {
            text.append(REPLACEMENT);
            missing = 0;
        }
        begin(b);
    }

    /** The first byte of a character; the second of some has a narrower range (Unicode, table 3-7). */
    private void begin(int b) {
        if (b < 0x80) {
            text.append((char) b);
        } else if (b < 0xC2 || b > 0xF4) {
            text.append(REPLACEMENT);
        } else if (b < 0xE0) {
            point = b & 0x1F;
            expect(1, 0x80, 0xBF);
        } else if (b < 0xF0) {
            point = b & 0x0F;
            expect(2, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
        } else {
            point = b & 0x07;
            expect(3, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
        }
    }

    private void expect(int more, int from, int to) {
        missing = more;
        lowest = from;
        highest = to;
    }

    /** Whether the last byte ended a character. */
    boolean whole() {
        return missing == 0;
    }

    /** UTF-16 units so far. */
    int length() {
        return text.length();
    }

    String part(int from, int until) {
        return text.substring(from, until);
    }

    /** The whole characters so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
