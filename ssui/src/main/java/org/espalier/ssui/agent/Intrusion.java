package org.espalier.ssui.agent;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs that a text speaks to a model rather than to a person: what no query, step or reason of a sample needs. A text
 * that carries one is not taken over from an agent's answer. This is a second line; the first is that data stand fenced.
 */
public final class Intrusion {
    private static final String TO_WHOM = "(?:all |any |the |your |my |these |those |every )*";
    private static final String WHAT = "(?:instructions?|prompts?|rules?|guidelines?|directions?|orders?)";

    /** Of texts in lower case: a pattern that minds no case takes twice as long. */
    private static final Map<String, Pattern> SIGNS = signs();

    private Intrusion() {}

    private static Map<String, Pattern> signs() {
        Map<String, Pattern> signs = new LinkedHashMap<>();
        signs.put(
                "a control character",
                Pattern.compile(
                        "[\\p{Cntrl}&&[^\\n\\t]]|[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF]|[\\x{E0000}-\\x{E007F}]|[\\uD800-\\uDFFF]"));
        signs.put("the mark of a fence", Pattern.compile("<<<|>>>|<\\s*/?\\s*data\\b"));
        signs.put(
                "a token of a chat format",
                Pattern.compile(
                        "<\\||\\|>|\\[/?inst\\]|<</?sys>>|</?s>|<(?:start|end)_of_turn>|<image>|(?m)^\\s*#{2,}\\s*(?:system|instruction|assistant|response)"));
        signs.put(
                "a turn of somebody else's",
                Pattern.compile("(?m)^\\s*\\**(?:system|assistant|developer|user|human|ai)\\**\\s*:"));
        signs.put(
                "JSON of an answer",
                Pattern.compile("[\"']\\s*(?:safe|valid|usable|sound|verdict|category)\\s*[\"']\\s*:"));
        signs.put(
                "an order to a model",
                Pattern.compile("(?s)\\b(?:ignore|disregard|forget|override|bypass|skip)\\b.{0,30}?\\b"
                        + "(?:previous|prior|above|earlier|preceding|system|former|safety|" + TO_WHOM + ")\\s*" + WHAT
                        + "\\b"
                        + "|\\bnew (?:system )?(?:instructions?|prompt)\\b|\\bsystem prompt\\b"
                        + "|\\byou are (?:now|no longer)\\b|\\b(?:respond|reply|answer|output) (?:only )?with (?:only )?[\"'{]"
                        + "|\\b(?:developer|debug|jailbreak|dan) mode\\b"
                        + "|\\b(?:set|mark|label|classify|return|report|rate) (?:this|it|the (?:pair|query|text|sample|picture|image)) (?:as|to) (?:safe|valid|usable|true)\\b"
                        + "|\\b(?:check|query|reasoning|reflection|summary|safety) agent\\b"));
        return Map.copyOf(signs);
    }

    /** What gives a text away, in a few words. */
    public static Optional<String> in(String text) {
        List<String> forms = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? List.of(text.toLowerCase(Locale.ROOT))
                : List.of(
                        text.toLowerCase(Locale.ROOT),
                        Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
        return SIGNS.entrySet().stream()
                .filter(sign -> forms.stream()
                        .anyMatch(form -> sign.getValue().matcher(form).find()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
