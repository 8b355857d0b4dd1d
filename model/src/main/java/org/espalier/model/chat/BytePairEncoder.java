package org.espalier.model.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text to tokens by byte pairs, as the {@code tokenizers} library does it: the text is cut into words by a regular
 * expression, and in each word the two neighbours whose merge was learned first become one, the leftmost of equals
 * first, until no two neighbours can. Time grows with the length of the text, whatever it holds. Safe for use by several
 * threads.
 */
final class BytePairEncoder {
    /** Words up to this length are remembered, longer ones are rare. */
    private static final int LONGEST_KEPT = 64;

    private static final int MOST_KEPT = 1 << 16;

    /** A merge by its two tokens: its rank, the lower the earlier, and the token it makes. */
    record Merge(int rank, int token) {}

    private final Pattern words;
    private final int[] byteTokens;
    private final Map<Long, Merge> merges;
    private final Map<String, Integer> whole;
    private final Map<String, int[]> kept = new ConcurrentHashMap<>();

    /**
     * Puts an encoder together.
     *
     * @param words each match is a word; so is what lies between two matches
     * @param byteTokens the token of each byte
     * @param merges by {@link #pair}
     * @param whole words that are a token whatever the merges say, in letters of bytes ({@link ByteLetters})
     */
    BytePairEncoder(Pattern words, int[] byteTokens, Map<Long, Merge> merges, Map<String, Integer> whole) {
        this.words = words;
        this.byteTokens = byteTokens.clone();
        this.merges = merges;
        this.whole = whole;
    }

    /** Two neighbours as one number. */
    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /** The tokens of a text that holds no lone surrogate. */
    void encode(String text, IntConsumer tokens) {
        Matcher matcher = words.matcher(text);
        int at = 0;
        while (matcher.find()) {
            if (matcher.start() > at) {
                word(text.substring(at, matcher.start()), tokens);
            }
            if (matcher.end() > matcher.start()) {
                word(matcher.group(), tokens);
            }
            at = matcher.end();
        }
        if (at < text.length()) {
            word(text.substring(at), tokens);
        }
    }

    private void word(String word, IntConsumer tokens) {
        int[] known = kept.get(word);
        int[] ids = known == null ? merged(word) : known;
        if (known == null && word.length() <= LONGEST_KEPT) {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(word, ids);
        }
        for (int id : ids) {
            tokens.accept(id);
        }
    }

    private int[] merged(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        if (!whole.isEmpty()) {
            Integer id = whole.get(ByteLetters.spell(word));
            if (id != null) {
                return new int[] {id};
            }
        }
        int[] ids = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ids[i] = byteTokens[bytes[i] & 255];
        }
        return new Word(ids).merge();
    }

    /** A word on its way: tokens that are linked to their neighbours, and the merges that are possible. */
    private final class Word {
        private final int[] ids;
        private final int[] before;
        private final int[] after;
        /** Rank and place of a merge, the first to be done first. */
        private final PriorityQueue<Long> possible = new PriorityQueue<>();

        Word(int[] ids) {
            this.ids = ids;
            before = new int[ids.length];
            after = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                before[i] = i - 1;
                after[i] = i + 1;
            }
            for (int i = 0; i + 1 < ids.length; i++) {
                consider(i);
            }
        }

        private void consider(int left) {
            Merge merge = merges.get(pair(ids[left], ids[after[left]]));
            if (merge != null) {
                possible.add((long) merge.rank() << 32 | left);
            }
        }

        int[] merge() {
            int left = ids.length;
            while (!possible.isEmpty()) {
                long first = Objects.requireNonNull(possible.poll());
                int place = (int) first;
                int next = ids[place] < 0 ? ids.length : after[place];
                Merge merge = next < ids.length ? merges.get(pair(ids[place], ids[next])) : null;
                // What stood there when the merge was considered may have been merged since.
                if (merge == null || merge.rank() != (int) (first >>> 32)) {
                    continue;
                }
                ids[place] = merge.token();
                ids[next] = -1;
                after[place] = after[next];
                if (after[place] < ids.length) {
                    before[after[place]] = place;
                    consider(place);
                }
                if (before[place] >= 0) {
                    consider(before[place]);
                }
                left--;
            }
            int[] result = new int[left];
            int i = 0;
            for (int at = 0; at < ids.length; at = after[at]) {
                result[i++] = ids[at];
            }
            return result;
        }
    }

    /**
     * The expressions by which the tokenizers of the supported families cut texts into words, as their files have them
     * (Qwen2 to Qwen2.5, LLaMA 3, GPT-2). Others are refused: one that a file brings along could take for ever.
     */
    private static final List<String> KNOWN = List.of(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    /** GPT-2's expression, which a byte-level pre-tokenizer applies by itself. */
    static final String BYTE_LEVEL = KNOWN.getLast();

    /** Whether texts may be cut by this expression. */
    static boolean knows(String expression) {
        return KNOWN.contains(expression);
    }

    /** An expression that is known, where white space is Unicode's and (?i) folds case as Unicode does. */
    static Pattern compiled(String expression) {
        return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
    }
}
