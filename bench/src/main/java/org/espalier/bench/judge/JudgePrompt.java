package org.espalier.bench.judge;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.file.Sha256;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a judge is told, and the form of its answer.
 *
 * @param text the system's turn; or, where places such as {@code {response}} stand in it, the whole question with places
 *     for what is judged, as published judges are asked
 * @param textFirst whether the text stands before the pictures
 */
public record JudgePrompt(String text, JudgeForm form, boolean textFirst) {
    /** What published texts call the fields that are shown. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "question", List.of("question", "query", "prompt"),
            "query", List.of("query", "question", "prompt"),
            "response", List.of("response", "answer"),
            "answer", List.of("answer", "response"),
            "prediction", List.of("answer", "response"),
            "explanation", List.of("safety_warning"),
            "safety_warning", List.of("safety_warning"),
            "reference", List.of("reference"));

    private static final Pattern PLACE = Pattern.compile("\\{(" + String.join("|", NAMES.keySet()) + ")\\}");

    /** With pictures before the text. */
    public JudgePrompt(String text, JudgeForm form) {
        this(text, form, false);
    }

    /** Whether what is judged stands in places of the text. */
    boolean hasPlaces() {
        return PLACE.matcher(text).find();
    }

    /** The text with what is judged in its places. */
    String filled(ObjectNode shown) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(NAMES.getOrDefault(place.group(1), List.of()).stream()
                        .filter(shown::has)
                        .findFirst()
                        .map(field -> shown.path(field).asString(""))
                        .orElseGet(place::group)));
    }

    /** Names the words, the form and the order: another wording is another protocol. */
    public String sha256() {
        String asked = form.published().map(PublishedForm::words).orElseGet(form::asked);
        return Sha256.of(text + "\n" + asked + (textFirst ? "\ntext first" : ""));
    }
}
