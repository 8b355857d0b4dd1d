package org.espalier.ssui.review;

import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Risk;

/**
 * The part of a draft that people revise.
 *
 * @param steps the reference path; the last holds the answer
 * @param category a tertiary id of the taxonomy
 */
public record DraftText(String query, List<String> steps, String answer, Risk risk, String category) {
    public DraftText {
        query = query.strip();
        steps = steps.stream().map(String::strip).toList();
        answer = answer.strip();
        category = category.strip();
        require(!query.isEmpty(), "the query is empty: write what is asked about the picture");
        require(!steps.isEmpty(), "there is no step: a reference path has at least one");
        for (int i = 0; i < steps.size(); i++) {
            require(!steps.get(i).isEmpty(), "step " + (i + 1) + " is empty: write it or delete it");
        }
        require(!answer.isEmpty(), "the answer is empty: write what the last step must contain");
        require(!category.isEmpty(), "the category is empty: pick one");
    }

    private static void require(boolean sound, String complaint) {
        if (!sound) {
            throw new InputException(complaint);
        }
    }
}
