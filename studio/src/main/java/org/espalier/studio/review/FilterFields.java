package org.espalier.studio.review;

import java.util.Optional;
import org.espalier.core.Labelled;
import org.espalier.core.Risk;
import org.espalier.ssui.review.DraftFlag;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.Filter;
import org.espalier.studio.internal.web.FormFields;

/** A filter as fields of an address, and back. What is not known there does not filter. */
final class FilterFields {
    static final String STATE = "state";
    static final String CATEGORY = "category";
    static final String RISK = "risk";
    static final String REVIEWER = "reviewer";
    static final String MARK = "mark";
    static final String WORDS = "words";

    private FilterFields() {}

    static Filter read(FormFields fields) {
        return new Filter(
                Labelled.find(DraftState.class, fields.one(STATE)),
                fields.all(CATEGORY).stream().filter(id -> !id.isBlank()).toList(),
                Labelled.find(Risk.class, fields.one(RISK)),
                Optional.of(fields.one(REVIEWER)).filter(name -> !name.isEmpty()),
                Labelled.find(DraftFlag.class, fields.one(MARK)),
                fields.one(WORDS));
    }

    /** The part of the fields that filters, to be carried from page to page. */
    static FormFields kept(FormFields fields) {
        return fields.without("page", "id", "after", "small");
    }
}
