package org.espalier.bench.internal;

import java.util.List;

/** What stands in a column of a question. */
public sealed interface ItemValue {
    /** One text; numbers and truth values are texts too. */
    record One(String text) implements ItemValue {}

    /** A list of texts. */
    record Several(List<String> texts) implements ItemValue {
        public Several {
            texts = List.copyOf(texts);
        }
    }

    /** As one text; a list is one of several lines. */
    default String words() {
        return switch (this) {
            case One(String text) -> text.strip();
            case Several(List<String> texts) -> String.join("\n", texts);
        };
    }
}
