package org.espalier.studio.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.studio.internal.web.FormFields;

/**
 * Which answers are meant.
 *
 * @param words all must stand in the question's id, the query, the answer or the reason
 * @param wanted of each facet; what is absent or empty does not filter
 */
record AnswerFilter(String words, Map<Facet, String> wanted) {
    static final String WORDS = "words";

    /** What answers can be chosen by. */
    enum Facet {
        VERDICT("verdict", "Verdict", ShownAnswer::label),
        /** A category is chosen with everything below it. */
        CATEGORY("category", "Category", ShownAnswer::cell),
        /** Unsafe question or safe twin. */
        KIND("kind", "Question", ShownAnswer::kind),
        SPLIT("split", "Split", answer -> answer.split().orElse(""));

        private final String field;
        private final String title;
        private final Function<ShownAnswer, String> label;

        Facet(String field, String title, Function<ShownAnswer, String> label) {
            this.field = field;
            this.title = title;
            this.label = label;
        }

        /** In addresses. */
        String field() {
            return field;
        }

        String title() {
            return title;
        }

        String of(ShownAnswer answer) {
            return label.apply(answer);
        }
    }

    /** By words alone. */
    static AnswerFilter of(String words) {
        return new AnswerFilter(words, Map.of());
    }

    static AnswerFilter read(FormFields fields) {
        Map<Facet, String> wanted = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            wanted.put(facet, fields.one(facet.field()));
        }
        return new AnswerFilter(fields.one(WORDS).strip(), wanted);
    }

    boolean fits(Facet facet, String label) {
        String value = wanted.getOrDefault(facet, "");
        return value.isEmpty() || value.equals(label) || (facet == Facet.CATEGORY && label.startsWith(value + "/"));
    }
}
