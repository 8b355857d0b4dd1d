package org.espalier.core.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;

/**
 * F as the paper writes it (Eq. 3): {@code A ∈ v_T}. The answer must stand in the last step as whole words, after both
 * were brought to one form: compatibility characters unified (NFKC), lower case, no punctuation, single spaces.
 * Meaning is not looked at: "not safe" contains "safe".
 */
public final class AnswerContainment implements Verifier {
    private static final Pattern APOSTROPHE = Pattern.compile("['’ʼ`]");
    private static final Pattern NO_WORD = Pattern.compile("[\\p{P}\\p{Z}\\p{C}\\s]+");
    /** These scripts put no spaces between words, so each character counts as one. */
    private static final Pattern UNSPACED = Pattern.compile("([\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}])");

    @Override
    public Verdict verify(SsuiSample sample, ReasoningPath path) {
        return contains(path.last(), sample.answer())
                ? Verdict.CORRECT
                : Verdict.wrong("the last step does not contain the answer");
    }

    /** Whether the answer stands in a text. */
    public static boolean contains(String step, String answer) {
        String wanted = normalised(answer);
        if (wanted.isBlank()) {
            // An answer of punctuation alone has no other form than itself.
            return step.contains(answer.strip());
        }
        return normalised(step).contains(wanted);
    }

    /** Words between single spaces, with one at either end. */
    private static String normalised(String text) {
        String form = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        form = APOSTROPHE.matcher(form).replaceAll("");
        form = UNSPACED.matcher(form).replaceAll(" $1 ");
        return " " + NO_WORD.matcher(form).replaceAll(" ").strip() + " ";
    }
}
