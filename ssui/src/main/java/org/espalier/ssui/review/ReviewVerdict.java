package org.espalier.ssui.review;

import org.espalier.core.Labelled;

/** What a reviewer said of a draft. Skipping says only that this reviewer is not to be asked again. */
public enum ReviewVerdict implements Labelled {
    ACCEPTED,
    REJECTED,
    SKIPPED;
}
