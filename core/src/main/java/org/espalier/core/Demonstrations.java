package org.espalier.core;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code D_c}: m solved questions put before the prompt. They condition the sampled trunk and branches (Eq. 2, 4),
 * never a training sequence (Eq. 6 has {@code p(τ|Q)}).
 *
 * @param withImages whether the pictures of the solved questions are shown too
 */
public record Demonstrations(List<SsuiSample> examples, boolean withImages) {
    public static final Demonstrations NONE = new Demonstrations(List.of(), false);

    public Demonstrations {
        examples = List.copyOf(examples);
    }

    /** The conversation that asks {@code question} after the solved examples. */
    public List<Turn> before(Question question) {
        List<Turn> turns = new ArrayList<>();
        for (SsuiSample example : examples) {
            Turn asked = Turn.user(example.question());
            turns.add(withImages ? asked : new Turn(Turn.Role.USER, List.of(), asked.text()));
            turns.add(Turn.assistant(example.reference().text()));
        }
        turns.add(Turn.user(question));
        return List.copyOf(turns);
    }
}
