package org.espalier.model.chat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds added tokens in texts as the {@code tokenizers} library does where it is told to spell control tokens: of those that
 * begin leftmost the longest, first in the text as it is, then, in each piece between them, in its normal form. Safe for use
 * by several threads.
 */
final class AddedTokens {
    private static final Pattern BLANK = Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LETTER = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

    /** A piece of a text: a token, or words between tokens. */
    sealed interface Piece {
        /** How the piece is read back, and where that stands in the text. */
        NormalForm form();

        /** @param form the token's own spelling in the place of what was found */
        record Token(int id, NormalForm form) implements Piece {}

        record Words(NormalForm form) implements Piece {}
    }

    private final boolean composes;
    private final Optional<Finder> asIs;
    private final Optional<Finder> inNormalForm;

    /** @param composes whether the normal form of texts is NFC; else it is the text itself */
    AddedTokens(Collection<AddedToken> tokens, boolean composes) {
        this.composes = composes;
        asIs = Finder.of(tokens.stream().filter(token -> !token.normalized()).toList(), AddedToken::content);
        inNormalForm = Finder.of(
                tokens.stream().filter(AddedToken::normalized).toList(),
                token -> form(token.content()).text());
    }

    private NormalForm form(String text) {
        return composes ? NormalForm.composed(text) : NormalForm.same(text);
    }

    /** The pieces of a text that holds no lone surrogate, in order. */
    List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        for (Found found : found(asIs, text)) {
            AddedToken token = found.token();
            if (token == null) {
                words(form(text.substring(found.from(), found.to())), pieces);
            } else {
                pieces.add(piece(token, found.to() - found.from()));
            }
        }
        return pieces;
    }

    private void words(NormalForm form, List<Piece> pieces) {
        for (Found found : found(inNormalForm, form.text())) {
            AddedToken token = found.token();
            pieces.add(
                    token == null
                            ? new Piece.Words(form.part(found.from(), found.to()))
                            : piece(token, form.place(found.to()) - form.place(found.from())));
        }
    }

    private static Piece piece(AddedToken token, int length) {
        return new Piece.Token(token.id(), NormalForm.replaced(token.content(), length));
    }

    private static List<Found> found(Optional<Finder> finder, String text) {
        return finder.map(one -> one.found(text)).orElseGet(() -> List.of(new Found(null, 0, text.length())));
    }

    /** @param token or null for words between tokens */
    private record Found(@Nullable AddedToken token, int from, int to) {}

    /** Tokens by their letters. */
    private static final class Finder {
        private static final class Node {
            final Map<Character, Node> next = new HashMap<>();

            @Nullable
            AddedToken token;
        }

        private final Node root = new Node();
        private final BitSet firsts = new BitSet();

        /** Empty where no text can hold one of them. */
        static Optional<Finder> of(List<AddedToken> tokens, Function<AddedToken, String> spelling) {
            if (tokens.stream().allMatch(AddedToken::special)) {
                return Optional.empty();
            }
            Finder finder = new Finder();
            for (AddedToken token : tokens) {
                finder.add(spelling.apply(token), token);
            }
            return Optional.of(finder);
        }

        private void add(String spelling, AddedToken token) {
            Node node = root;
            for (char letter : spelling.toCharArray()) {
                node = node.next.computeIfAbsent(letter, _ -> new Node());
            }
            node.token = token;
            firsts.set(spelling.charAt(0));
        }

        private @Nullable Found longest(String text, int from) {
            Found longest = null;
            Node node = root;
            for (int at = from; node != null; at++) {
                if (node.token != null) {
                    longest = new Found(node.token, from, at);
                }
                node = at < text.length() ? node.next.get(text.charAt(at)) : null;
            }
            return longest;
        }

        List<Found> found(String text) {
            List<Found> all = new ArrayList<>();
            int done = 0;
            for (int at = 0; at < text.length(); at++) {
                Found match = firsts.get(text.charAt(at)) ? longest(text, at) : null;
                AddedToken token = match == null ? null : match.token();
                if (match == null || token == null) {
                    continue;
                }
                if (!token.special() && !(token.wordAlone() && besideALetter(text, at, match.to()))) {
                    int from = token.takesLeft() ? blanksBefore(text, at, done) : Math.max(done, at);
                    int to = token.takesRight() ? blanksAfter(text, match.to()) : match.to();
                    if (done < from) {
                        all.add(new Found(null, done, from));
                    }
                    all.add(new Found(token, from, to));
                    done = to;
                }
                // Also where it counts as words, nothing else begins inside it.
                at = match.to() - 1;
            }
            if (done < text.length()) {
                all.add(new Found(null, done, text.length()));
            }
            return all;
        }

        private static boolean besideALetter(String text, int from, int to) {
            return (from > 0 && is(LETTER, text.codePointBefore(from)))
                    || (to < text.length() && is(LETTER, text.codePointAt(to)));
        }

        private static boolean is(Pattern kind, int character) {
            return kind.matcher(Character.toString(character)).matches();
        }

        private static int blanksBefore(String text, int from, int done) {
            int at = Math.max(from, done);
            while (at > done && is(BLANK, text.charAt(at - 1))) {
                at--;
            }
            return at;
        }

        private static int blanksAfter(String text, int to) {
            int at = to;
            while (at < text.length() && is(BLANK, text.charAt(at))) {
                at++;
            }
            return at;
        }
    }
}
