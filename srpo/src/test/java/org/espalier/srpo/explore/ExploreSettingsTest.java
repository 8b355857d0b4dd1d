package org.espalier.srpo.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExploreSettingsTest {
    @Test
    void thePaperPresetIsWhatThePaperAndItsAncestorSay() {
        ExploreSettings paper = ExploreSettings.PAPER;
        // The paper: sampling temperature T = 0.5.
        assertThat(paper.temperature()).isEqualTo(0.5);
        // RPO: 10 self-consistency samples for the path, 10 continuations a prefix, 512 new tokens.
        assertThat(paper.trunkAttempts()).isEqualTo(10);
        assertThat(paper.branchSamples()).isEqualTo(10);
        assertThat(paper.maxTokens()).isEqualTo(512);
        // The paper: "contains m ground-truth examples", m open; a question is an image-text pair.
        assertThat(paper.examples()).isEqualTo(2);
        assertThat(paper.examplesWithPictures()).isTrue();
        // Eq. 4: "the preceding steps of a generated reasoning path".
        assertThat(paper.branchFrom()).isEqualTo(ExploreSettings.BranchFrom.TRUNK);
        // Eq. 8: the sum over i = 1 ... T - 1, no step left out and the last not branched.
        assertThat(paper.branchLastStep()).isFalse();
        assertThat(paper.skipAfterOneSided()).isFalse();
        // Both branches of a pair are sampled (Eq. 4).
        assertThat(paper.trunkAsFavorable()).isFalse();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> GrammarQuestions.groups(0))
                .hasMessageContaining("'group-size' is at least 1 and at most 100000, not 0");
        assertThatThrownBy(() -> GrammarQuestions.settings(0, ExploreSettings.BranchFrom.TRUNK, false, false, false, 1))
                .hasMessageContaining("'max-tokens' is at least 1 and at most 1048576, not 0");
    }
}
