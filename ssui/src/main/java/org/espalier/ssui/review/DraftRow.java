package org.espalier.ssui.review;

import org.espalier.core.Risk;

/** A draft in a list. */
public record DraftRow(
        long seq,
        String id,
        String image,
        String query,
        String category,
        Risk risk,
        DraftState state,
        int opinions,
        boolean disputed,
        boolean revised) {}
