package org.espalier.ssui.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReviewerAgreementTest {
    @Test
    void kappaOfATextbookTable() {
        // 20, 5, 10, 15: p_o = 0.7, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        assertThat(new ReviewerAgreement("a", "b", 20, 5, 10, 15).kappa()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void kappaIsNothingByChanceAndNegativeBelow() {
        assertThat(new ReviewerAgreement("a", "b", 25, 25, 25, 25).kappa()).isCloseTo(0, within(1e-12));
        assertThat(new ReviewerAgreement("a", "b", 0, 5, 5, 0).kappa()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void whereBothAlwaysSaidOneAndTheSameThingTheyAgree() {
        assertThat(new ReviewerAgreement("a", "b", 9, 0, 0, 0).kappa()).isEqualTo(1);
    }

    @Test
    void withoutDraftsThereIsNoAgreement() {
        assertThat(new ReviewerAgreement("a", "b", 0, 0, 0, 0).kappa()).isNaN();
        assertThat(new ReviewerAgreement("a", "b", 0, 0, 0, 0).observed()).isNaN();
    }
}
