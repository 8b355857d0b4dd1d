package org.espalier.studio.review;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.core.text.HiddenMarks;
import org.espalier.ssui.review.Criterion;
import org.espalier.ssui.review.DraftBounds;
import org.espalier.ssui.review.DraftText;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.Reason;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;

/**
 * What a reviewer wrote into the form, as it was written: sound or not.
 *
 * @param steps blank ones left out; emptying a step is deleting it
 * @param harmless whether the picture is, by itself; empty where nothing is said
 */
record DraftForm(
        String query,
        List<String> steps,
        String answer,
        Risk risk,
        String category,
        List<Reason> reasons,
        Map<Criterion, Integer> ratings,
        String note,
        Optional<Boolean> harmless) {

    static DraftForm read(FormFields form) {
        Map<Criterion, Integer> ratings = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            form.number(criterion.label()).ifPresent(rating -> ratings.put(criterion, rating));
        }
        List<String> reasons = form.all("reason");
        if (form.all("step").size() > DraftBounds.MOST_STEPS) {
            // The page that shows what was sent again would be too large itself.
            throw new Refused(
                    413,
                    "A path has at most " + DraftBounds.MOST_STEPS
                            + " steps. Nothing was saved: go back, your words are" + " still there.");
        }
        return new DraftForm(
                HiddenMarks.meant(form.one("query")),
                form.all("step").stream()
                        .filter(step -> !step.isBlank())
                        .map(HiddenMarks::meant)
                        .toList(),
                HiddenMarks.meant(form.one("answer")),
                form.one("risk").equals(Risk.SAFE.label()) ? Risk.SAFE : Risk.UNSAFE,
                form.one("category"),
                Arrays.stream(Reason.values())
                        .filter(reason -> reasons.contains(reason.label()))
                        .toList(),
                ratings,
                HiddenMarks.meant(form.one("note")),
                form.has("harmless") ? Optional.of(form.one("harmless").equals("yes")) : Optional.empty());
    }

    /** What stands in the store, with what the reviewer said before. */
    static DraftForm of(DraftText words, Opinion said, Optional<Boolean> harmless) {
        return new DraftForm(
                words.query(),
                words.steps(),
                words.answer(),
                words.risk(),
                words.category(),
                said.reasons(),
                said.ratings(),
                said.note(),
                harmless);
    }

    /** @throws org.espalier.core.InputException if something is missing */
    DraftText wording() {
        return new DraftText(query, steps, answer, risk, category);
    }

    /** @throws org.espalier.core.InputException if it is a rejection without a reason */
    Opinion opinion(ReviewVerdict verdict) {
        return new Opinion(verdict, verdict == ReviewVerdict.REJECTED ? reasons : List.of(), ratings, note);
    }
}
