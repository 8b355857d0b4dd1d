package org.espalier.ssui.review;

import java.util.List;

/**
 * A page of a list.
 *
 * @param number from 1
 * @param total drafts on all pages
 */
public record DraftList(List<DraftRow> rows, int number, int size, long total) {
    public DraftList {
        rows = List.copyOf(rows);
    }

    /** At least 1. */
    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }
}
