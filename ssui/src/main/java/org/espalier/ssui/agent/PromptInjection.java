package org.espalier.ssui.agent;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs that a text speaks to a model rather than to a person: what no query, step or reason of a sample needs. A text
 * that carries one is not taken over from an agent's answer. This is a second line; the first is that data stand fenced.
 */
final class PromptInjection {
    private static final String TO_WHOM = "(?:all |any |the |your |my |these |those |every )*";
    private static final String WHAT = "(?:instructions?|prompts?|rules?|guidelines?|directions?|orders?)";

    /**
     * Something that gives a text away.
     *
     * @param pieces without one of which the pattern is not there: most texts have none, and are not searched
     * @param pattern of texts in lower case
     */
    private record Sign(String what, List<String> pieces, Pattern pattern) {
        Sign(String what, List<String> pieces, String pattern) {
            this(what, pieces, Pattern.compile(pattern));
        }

        boolean in(String text) {
            for (String piece : pieces) {
                if (text.contains(piece)) {
                    return pattern.matcher(text).find();
                }
            }
            return false;
        }
    }

    private static final String ORDER = "an order to a model";

    private static final List<Sign> SIGNS = List.of(
            new Sign("the mark of a fence", List.of("<", ">>>"), "<<<|>>>|<\\s*/?\\s*data\\b"),
            new Sign(
                    "a token of a chat format",
                    List.of("<", "|>", "[", "##"),
                    "<\\||\\|>|\\[/?inst\\]|<</?sys>>|</?s>|<(?:start|end)_of_turn>|<image>|(?m)^\\s*#{2,}\\s*(?:system|instruction|assistant|response)"),
            new Sign(
                    "a turn of somebody else's",
                    List.of(":"),
                    "(?m)^\\s*\\**(?:system|assistant|developer|user|human|ai)\\**\\s*:"),
            new Sign(
                    "JSON of an answer",
                    List.of(":"),
                    "[\"']\\s*(?:safe|valid|usable|sound|verdict|category)\\s*[\"']\\s*:"),
            new Sign(
                    ORDER,
                    List.of("instruction", "prompt", "rule", "guideline", "direction", "order"),
                    "(?s)\\b(?:ignore|disregard|forget|override|bypass|skip)\\b.{0,30}?\\b"
                            + "(?:previous|prior|above|earlier|preceding|system|former|safety|" + TO_WHOM + ")\\s*"
                            + WHAT
                            + "\\b"),
            new Sign(
                    ORDER,
                    List.of("instruction", "prompt"),
                    "\\bnew (?:system )?(?:instructions?|prompt)\\b|\\bsystem prompt\\b"),
            new Sign(ORDER, List.of("you are"), "\\byou are (?:now|no longer)\\b"),
            new Sign(ORDER, List.of("with "), "\\b(?:respond|reply|answer|output) (?:only )?with (?:only )?[\"'{]"),
            new Sign(ORDER, List.of(" mode"), "\\b(?:developer|debug|jailbreak|dan) mode\\b"),
            new Sign(
                    ORDER,
                    List.of(" as ", " to "),
                    "\\b(?:set|mark|label|classify|return|report|rate) (?:this|it|the (?:pair|query|text|sample|picture|image)) (?:as|to) (?:safe|valid|usable|true)\\b"),
            new Sign(ORDER, List.of(" agent"), "\\b(?:check|query|reasoning|reflection|summary|safety) agent\\b"));

    private PromptInjection() {}

    /** What gives a text away, in a few words. */
    public static Optional<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? sign(lower)
                : sign(lower)
                        .or(() -> sign(
                                Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> sign(String text) {
        if (text.codePoints().anyMatch(PromptInjection::unseen)) {
            return Optional.of("a control character");
        }
        for (Sign sign : SIGNS) {
            if (sign.in(text)) {
                return Optional.of(sign.what());
            }
        }
        return Optional.empty();
    }

    /** Controls, marks of direction, tags, and halves of characters. */
    private static boolean unseen(int character) {
        return (character < ' ' && character != '\n' && character != '\t')
                || character == 0x7F
                || character == 0x200B
                || character == 0xFEFF
                || between(character, 0x2028, 0x202E)
                || between(character, 0x2066, 0x2069)
                || between(character, 0xD800, 0xDFFF)
                || between(character, 0xE0000, 0xE007F);
    }

    private static boolean between(int character, int first, int last) {
        return first <= character && character <= last;
    }
}
