package org.espalier.bench.set;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a free answer chooses. */
final class Choice {
    private static final String OPEN = "[(\\[{（\"'*]*";

    /** Behind a small letter, which else may be an article. */
    private static final String ENDS = "(?=\\s*$|[.):,;\\]}）。，：；*\"'])";

    /** Behind a capital: no word goes on, and an A is no article, as before most words it would be. */
    private static final String STANDS =
            "(?![A-Za-z'])(?<!A(?=\\s+(?!(?:because|since|as|is|was|has|looks|seems|would|will|for|and)\\b)\\p{Ll}))";

    private static final String LETTER = OPEN + "(?:([A-E])" + STANDS + "|([a-e])" + ENDS + ")";

    private static final Pattern BOXED = Pattern.compile("\\\\boxed\\{\\s*(?:\\\\text\\{)?([A-Ea-e])\\b");
    private static final Pattern BEGINS = Pattern.compile("^" + LETTER);
    /** What says that it is the answer. */
    private static final Pattern ANSWERS = Pattern.compile(
            "(?:\\b(?i:answer|choice|choose|select|pick)(?i: is)?:?(?i: the)?(?i: (?:option|image|picture|letter))?:?\\s*"
                    + "|答案[是为]?[:：]?\\s*|选择\\s*|选(?!项|择)\\s*)"
                    + LETTER);
    /** What may only speak of it. */
    private static final Pattern NAMES = Pattern.compile("(?:\\b(?i:option|image|picture)(?i: is)?:? *|选项 *)" + LETTER);

    private static final Pattern ALONE = Pattern.compile("(?<![A-Za-z'])\\(?([A-E])\\)?(?=[.:),，。：]|$)");
    private static final Pattern NONE = Pattern.compile("(?i)\\bneither\\b|\\bnone of\\b|都不|均不");
    private static final Pattern YES = Pattern.compile("(?i)^\\W*(?:yes|true|correct)\\b|^\\W*(?:是|对|正确|有)");
    private static final Pattern NO = Pattern.compile("(?i)^\\W*(?:no|false|incorrect)\\b|^\\W*(?:不|否|没|错)");

    private Choice() {}

    /** The letter that an answer gives; empty where it gives none or more than one. */
    static Optional<String> letter(String answer) {
        String plain = answer.strip();
        List<String> boxed = found(BOXED, plain);
        List<String> answers = found(ANSWERS, plain);
        if (!boxed.isEmpty()) {
            return Optional.of(boxed.getLast());
        }
        if (NONE.matcher(plain).find()) {
            return Optional.empty();
        }
        List<String> begins = found(BEGINS, plain);
        if (!begins.isEmpty()) {
            return Optional.of(begins.getFirst());
        }
        if (!answers.isEmpty()) {
            return Optional.of(answers.getLast());
        }
        return only(found(NAMES, plain)).or(() -> only(found(ALONE, plain)));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(letter -> letter.toUpperCase(Locale.ROOT))
                .toList();
    }

    private static Optional<String> only(List<String> letters) {
        return letters.stream().distinct().count() == 1 ? Optional.of(letters.getFirst()) : Optional.empty();
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
