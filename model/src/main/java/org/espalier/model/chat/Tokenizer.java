package org.espalier.model.chat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.Cut;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;

/**
 * Text to tokens and back, by a checkpoint's own {@code tokenizer.json} (byte-level byte pairs). A text is data: what
 * looks like a control token in it is spelled in ordinary tokens, so that no question and no answer can begin a turn or
 * hold a picture's place. Control tokens are written by {@link #id} alone. Safe for use by several threads.
 */
public final class Tokenizer {
    private static final byte[] NOTHING = {};
    /** UTF-16 units; a hundred tokens a second would take a model half a day. */
    private static final int LONGEST = 1 << 22;

    private static final String PROBE = "Give 3 reasons:\n\n  \"na\u00EFve\"\t\u6F22\u5B57 \uD83D\uDC36 don't";

    private final Path file;
    private final String sha256;
    private final TokenizerFile said;
    private final byte[][] bytes;
    private final AddedTokens added;

    private Tokenizer(Path file) {
        this.file = file;
        said = TokenizerFile.read(file);
        sha256 = Sha256.of(file);
        bytes = table(file, said);
        added = new AddedTokens(said.added().values(), said.composes());
    }

    /**
     * Reads {@code tokenizer.json} of a checkpoint folder.
     *
     * @throws InputException if it is missing, damaged, or not of the kind that Espalier reads
     */
    public static Tokenizer load(Path checkpoint) {
        Tokenizer tokenizer = new Tokenizer(checkpoint.resolve("tokenizer.json"));
        if (!tokenizer
                .decode(tokenizer.encode(PROBE))
                .equals(tokenizer.normalForm(PROBE).text())) {
            throw new InputException(
                    tokenizer.file
                            + " does not give a text back as it was: it is not a byte-level tokenizer such as Qwen's or LLaMA 3's");
        }
        return tokenizer;
    }

    private static byte[][] table(Path file, TokenizerFile said) {
        Stream<Integer> ids = Stream.concat(
                said.pairs().values().stream(), said.added().values().stream().map(AddedToken::id));
        byte[][] table = new byte[ids.max(Integer::compare).orElse(-1) + 1][];
        Arrays.fill(table, NOTHING);
        said.pairs()
                .forEach((token, id) -> table[id] = ByteLetters.bytes(token).orElseGet(() -> ByteLetters.plain(token)));
        said.added().values().stream()
                .filter(token -> !token.special())
                .forEach(token -> table[token.id()] = ByteLetters.plain(token.content()));
        return table;
    }

    /**
     * A text as ordinary tokens. A lone surrogate becomes U+FFFD.
     *
     * @throws InputException if it is longer than any model could read
     */
    public int[] encode(String text) {
        if (text.length() > LONGEST) {
            throw new InputException(
                    "a text of %,d characters is longer than any model can read (at most %,d): leave it out"
                            .formatted(text.length(), LONGEST));
        }
        IntStream.Builder ids = IntStream.builder();
        for (AddedTokens.Piece piece : added.pieces(whole(text))) {
            switch (piece) {
                case AddedTokens.Piece.Token token -> ids.add(token.id());
                case AddedTokens.Piece.Words(NormalForm words) -> said.encoder().encode(words.text(), ids::add);
            }
        }
        return ids.build().toArray();
    }

    /**
     * The text of tokens. Control tokens and ids that no token has are left out; so is a character at the end of which
     * bytes are missing. Bytes that are not UTF-8 become U+FFFD.
     */
    public String decode(int[] ids) {
        TokenText text = text();
        for (int id : ids) {
            text.append(id);
        }
        return text.text();
    }

    /** Decodes one token after another. */
    public TokenText text() {
        return new TokenText(this);
    }

    /**
     * The places between the tokens of a text.
     *
     * @param ids of the text, as encoded or as a model wrote it; may continue beyond it
     * @throws IllegalArgumentException if the tokens are not those of the text
     */
    public TokenBorders borders(String text, int[] ids) {
        return TokenBorders.of(this, text, ids);
    }

    /** {@link org.espalier.core.Sampler#cuts} for this tokenizer. */
    public List<Cut> cuts(String text, List<Integer> ids, List<Integer> chars) {
        return borders(text, ids.stream().mapToInt(Integer::intValue).toArray()).cuts(chars);
    }

    /**
     * The id of a control token, for example {@code <|im_end|>}.
     *
     * @throws InputException if this tokenizer has no such token, or texts may hold it
     */
    public int id(String added) {
        AddedToken token = said.added().get(added);
        if (token == null) {
            throw new InputException(file + " has no token " + added + ": it belongs to a model of another family");
        }
        if (!token.special()) {
            throw new InputException(
                    file + " takes " + added + " for ordinary text (special: false), so that every question"
                            + " could write it: take the tokenizer.json of the original checkpoint");
        }
        if (token.takesLeft() || token.takesRight() || token.wordAlone()) {
            throw new InputException(file + " has the control token " + added + " with lstrip, rstrip or single_word,"
                    + " which would change the texts around it in a conversation: set them to false if the model was"
                    + " trained so");
        }
        return token.id();
    }

    /** How many ids there are: one more than the highest. A model may have more rows than that. */
    public int vocabularySize() {
        return bytes.length;
    }

    /** Of {@code tokenizer.json}. */
    public String sha256() {
        return sha256;
    }

    /** Ids below a number that stand for no text: control tokens such as that of a picture, and rows that no token uses. */
    public IntStream withoutText(int vocabulary) {
        return IntStream.range(0, vocabulary).filter(id -> bytes(id).length == 0);
    }

    /** What a token is written as: its text's bytes, which may be part of a character, or a control token's name. */
    public byte[] spelling(int id) {
        byte[] text = bytes(id);
        return text.length > 0
                ? text.clone()
                : said.added().values().stream()
                        .filter(token -> token.special() && token.id() == id)
                        .findFirst()
                        .map(token -> token.content().getBytes(StandardCharsets.UTF_8))
                        .orElse(NOTHING);
    }

    byte[] bytes(int id) {
        return id < bytes.length ? bytes[id] : NOTHING;
    }

    /** The text that tokens of a text are read back as, with its places: whole characters, composed where the tokenizer asks for it. */
    NormalForm normalForm(String text) {
        return NormalForm.joined(
                added.pieces(whole(text)).stream().map(AddedTokens.Piece::form).toList());
    }

    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
