package org.espalier.studio.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.report.answer.ShownAnswer;

/**
 * Words that must all stand in an answer, anywhere in words and in any case. Lines are looked at as they are written
 * first: most do not hold the words, and are not read as JSON then.
 */
final class WordSearch {
    private static final int LONGEST = 300;

    private final List<String> words;

    /** @param typed words with blanks between them */
    WordSearch(String typed) {
        if (typed.length() > LONGEST) {
            throw new InputException("a search has at most " + LONGEST + " characters: look for fewer words");
        }
        words = Arrays.stream(typed.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** @param read the answer of the lines */
    boolean finds(String answer, String judgement, Supplier<ShownAnswer> read) {
        return mayStandIn((answer + judgement).toLowerCase(Locale.ROOT)) && standIn(read.get());
    }

    private boolean mayStandIn(String lines) {
        // What JSON writes otherwise than it reads cannot be found in the line as it is written.
        boolean plain = !lines.contains("\\u") && !lines.contains("\\/");
        return words.stream()
                .allMatch(word -> word.indexOf('"') >= 0 || word.indexOf('\\') >= 0 || lines.contains(word) || !plain);
    }

    private boolean standIn(ShownAnswer answer) {
        StringBuilder all = new StringBuilder(answer.title());
        Stream.concat(
                        Stream.of(answer.query(), answer.text(), answer.reason()),
                        answer.voices().stream().map(ShownAnswer.Voice::reason))
                .forEach(part -> all.append('\n').append(part));
        String text = all.toString().toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }
}
