package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Steps that are sentences. */
final class SentenceSteps {
    private static final String WIDE_ENDS = "。！？";
    private static final String ENDS = ".!?…" + WIDE_ENDS;
    private static final String CLOSERS = "\"'”’»)]}）」』】*_`";
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "fig", "approx", "gov", "gen",
            "rev");
    private static final Set<String> BEFORE_NUMBERS = Set.of("no", "nos", "p", "pp", "vol", "ch", "sec", "eq");
    private static final Pattern ONLY_A_NUMBER =
            Pattern.compile("[\\W_]*(?:step\\s*)?\\d{1,3}\\s*[.)]", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final boolean cased;
    private final Set<Integer> inCode;

    private SentenceSteps(String text) {
        this.text = text;
        this.cased = text.chars().anyMatch(Character::isUpperCase);
        this.inCode = new TreeSet<>();
        Line.of(text).stream().filter(Line::inCode).forEach(line -> {
            for (int i = line.start(); i <= line.end(); i++) {
                inCode.add(i);
            }
        });
    }

    static List<Integer> starts(String text) {
        SentenceSteps sentences = new SentenceSteps(text);
        TreeSet<Integer> starts = new TreeSet<>();
        Set<Integer> lines = new TreeSet<>(LineSteps.starts(text));
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (lines.contains(i)) {
                starts.add(i);
                from = i;
            }
            int next = sentences.afterSentence(from, i);
            if (next >= 0) {
                starts.add(next);
                from = next;
                i = Math.max(i, next - 1);
            }
        }
        return new ArrayList<>(starts);
    }

    /** Where the next sentence begins if one that began at {@code from} ends with the mark at {@code at}; else -1. */
    private int afterSentence(int from, int at) {
        char mark = text.charAt(at);
        if (ENDS.indexOf(mark) < 0 || inCode.contains(at)) {
            return -1;
        }
        int end = at + 1;
        boolean wide = WIDE_ENDS.indexOf(mark) >= 0;
        while (end < text.length() && ENDS.indexOf(text.charAt(end)) >= 0) {
            wide |= WIDE_ENDS.indexOf(text.charAt(end)) >= 0;
            end++;
        }
        int marks = end - at;
        end = skipClosers(end);
        int next = end;
        while (next < text.length() && StepSplitter.isSpace(text.charAt(next))) {
            next++;
        }
        if (next == text.length() || (next == end && !wide)) {
            return -1;
        }
        return !wide && goesOn(from, at, marks, next) ? -1 : next;
    }

    private int skipClosers(int from) {
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            boolean picture = Character.getType(c) == Character.OTHER_SYMBOL
                    || (Character.getType(c) == Character.MODIFIER_SYMBOL && c > 0xFFFF)
                    || c == '\uFE0F'
                    || c == '\u200D';
            if (CLOSERS.indexOf(c) < 0 && !picture) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Whether the sentence goes on after the mark. */
    private boolean goesOn(int from, int at, int marks, int next) {
        char following = text.charAt(next);
        if (cased && Character.isLowerCase(following)) {
            return true;
        }
        if (text.charAt(at) != '.' || marks > 1) {
            return false;
        }
        if (ONLY_A_NUMBER.matcher(text.substring(from, at + 1)).matches()) {
            return true;
        }
        String word = wordBefore(from, at);
        String lower = word.toLowerCase(Locale.ROOT);
        return ABBREVIATIONS.contains(lower)
                || (Character.isDigit(following) && BEFORE_NUMBERS.contains(lower))
                || isInitial(word);
    }

    /** "J" of "J. Smith", "U.S" of "U.S. Army"; the pronoun I ends a sentence more often than it abbreviates. */
    private static boolean isInitial(String word) {
        return word.matches("\\p{Lu}(\\.\\p{Lu})*") && !word.equals("I");
    }

    private String wordBefore(int from, int at) {
        int start = at;
        while (start > from && (Character.isLetter(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        return text.substring(start, at);
    }
}
