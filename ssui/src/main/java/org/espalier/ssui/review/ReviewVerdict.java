package org.espalier.ssui.review;

import java.util.Locale;

/** What a reviewer said of a draft. Skipping says only that this reviewer is not to be asked again. */
public enum ReviewVerdict {
    ACCEPTED,
    REJECTED,
    SKIPPED;

    /** As kept in the store. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReviewVerdict of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
