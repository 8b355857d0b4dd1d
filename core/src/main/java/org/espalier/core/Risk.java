package org.espalier.core;

import java.util.Locale;

/** Whether the right reaction to a question is to refuse or dissuade, or to help. */
public enum Risk {
    UNSAFE,
    SAFE;

    /** As written in {@code ssui.jsonl}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
