package org.espalier.model.chat;

/**
 * The text of tokens as they come, one by one. Special tokens and ids that no token has add nothing; the bytes of a
 * character that is not yet whole wait for the rest of it.
 */
public final class TokenText {
    private final Tokenizer tokenizer;
    private final Utf8Text text = new Utf8Text();

    TokenText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Takes the next token. */
    public void append(int id) {
        text.add(tokenizer.bytes(id));
    }

    /** Whether the tokens so far end with a whole character, so that what follows can be read by itself. */
    public boolean whole() {
        return text.whole();
    }

    /** UTF-16 units of the text so far. */
    public int length() {
        return text.length();
    }

    /** The whole characters so far. */
    public String text() {
        return text.toString();
    }

    /** Those from one place to another, in UTF-16 units. */
    public String text(int from, int until) {
        return text.part(from, until);
    }
}
