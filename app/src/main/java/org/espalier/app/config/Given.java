package org.espalier.app.config;

import java.util.List;

/**
 * A value as somebody gave it, before it is understood.
 *
 * @param name of the setting, as it was written
 * @param words one, or those of a list
 * @param source where it stands: {@code recipe my.yaml:12}, {@code flag --lambda}
 */
record Given(String name, List<String> words, String source) {
    Given {
        words = List.copyOf(words);
    }
}
