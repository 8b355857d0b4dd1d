package org.espalier.bench.set;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a free answer chooses. */
final class Choice {
    /** A letter that begins the answer and is no word of it, or that a word announces. */
    private static final Pattern LETTER = Pattern.compile(
            "^[(\\[{（\"'*]*([A-E])(?=$|[.):,\\]}）。，：*\"'])"
                    + "|(?:\\b(?:answer|option|choice|image|picture)(?: is)?:? *|答案[是为]?[:：]? *|选项? *|选择? *)"
                    + "[(\\[{（\"'*]*([A-E])(?![A-Za-z'])",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ALONE = Pattern.compile("(?<![A-Za-z'])\\(?([A-E])\\)?(?=[.:),，。：]|$)");
    private static final Pattern YES = Pattern.compile("(?i)^\\W*(?:yes|true|correct)\\b|^\\W*(?:是|对|正确|有)");
    private static final Pattern NO = Pattern.compile("(?i)^\\W*(?:no|false|incorrect)\\b|^\\W*(?:不|否|没|错)");

    private Choice() {}

    /** The letter that an answer gives; empty where it gives none or more than one. */
    static Optional<String> letter(String answer) {
        String plain = answer.strip();
        Matcher announced = LETTER.matcher(plain);
        if (announced.find()) {
            String letter = announced.group(1) == null ? announced.group(2) : announced.group(1);
            return Optional.of(letter.toUpperCase(Locale.ROOT));
        }
        var alone = ALONE.matcher(plain)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        return alone.size() == 1 ? Optional.of(alone.getFirst()) : Optional.empty();
    }

    /** Whether an answer gives the right one: the same letter, the same yes or no, or the same words. */
    static boolean same(String answer, String right) {
        if (right.matches("[A-Ea-e]")) {
            return letter(answer).filter(right.toUpperCase(Locale.ROOT)::equals).isPresent();
        }
        if (YES.matcher(right).find() || NO.matcher(right).find()) {
            boolean yes = YES.matcher(right).find();
            return YES.matcher(answer.strip()).find() == yes
                    && NO.matcher(answer.strip()).find() != yes;
        }
        return plain(answer).equals(plain(right));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
