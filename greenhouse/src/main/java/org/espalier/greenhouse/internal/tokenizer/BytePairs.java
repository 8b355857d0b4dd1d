package org.espalier.greenhouse.internal.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.model.chat.ByteLetters;

/**
 * Byte-pair encoding learnt from texts: the most frequent neighbours become one token, until every word of the texts
 * is one token. Ties go to the pair that sorts first, so the same texts always give the same tokens.
 *
 * @param tokens the 256 bytes and then one token a merge
 * @param merges which two tokens each merge joins, in order
 */
record BytePairs(List<String> tokens, List<Merge> merges) {
    /** Two neighbouring tokens. */
    record Merge(String left, String right) {
        String joined() {
            return left + right;
        }
    }

    /** Qwen2.5's rule for where words begin and end. */
    static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** Learns from texts, each of which is cut into words by itself. */
    static BytePairs learn(Stream<String> texts) {
        Map<String, Long> counts = new TreeMap<>();
        Pattern words = Pattern.compile(WORDS);
        texts.forEach(text -> {
            Matcher word = words.matcher(text);
            while (word.find()) {
                counts.merge(ByteLetters.spell(word.group()), 1L, Long::sum);
            }
        });
        List<List<String>> spelled = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        counts.forEach((word, count) -> {
            spelled.add(new ArrayList<>(
                    word.chars().mapToObj(c -> String.valueOf((char) c)).toList()));
            weights.add(count);
        });
        return learn(spelled, weights);
    }

    private static BytePairs learn(List<List<String>> words, List<Long> weights) {
        Set<String> tokens = new LinkedHashSet<>();
        for (int b = 0; b < 256; b++) {
            tokens.add(ByteLetters.of(b));
        }
        List<Merge> merges = new ArrayList<>();
        while (true) {
            Map<Merge, Long> pairs = new HashMap<>();
            for (int w = 0; w < words.size(); w++) {
                List<String> word = words.get(w);
                for (int i = 0; i + 1 < word.size(); i++) {
                    pairs.merge(new Merge(word.get(i), word.get(i + 1)), weights.get(w), Long::sum);
                }
            }
            if (pairs.isEmpty()) {
                return new BytePairs(List.copyOf(tokens), List.copyOf(merges));
            }
            Merge best = pairs.entrySet().stream()
                    .max(Comparator.<Map.Entry<Merge, Long>>comparingLong(Map.Entry::getValue)
                            .thenComparing(e -> e.getKey().left(), Comparator.reverseOrder())
                            .thenComparing(e -> e.getKey().right(), Comparator.reverseOrder()))
                    .orElseThrow()
                    .getKey();
            merges.add(best);
            tokens.add(best.joined());
            words.forEach(word -> join(word, best));
        }
    }

    private static void join(List<String> word, Merge merge) {
        for (int i = 0; i + 1 < word.size(); i++) {
            if (word.get(i).equals(merge.left()) && word.get(i + 1).equals(merge.right())) {
                word.set(i, merge.joined());
                word.remove(i + 1);
            }
        }
    }
}
