package org.espalier.srpo.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.core.Demonstrations;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.junit.jupiter.api.Test;

class DemonstrationPoolTest {
    private static final List<SsuiSample> POOL = GrammarQuestions.questions(12);

    private static SsuiSample twin(SsuiSample sample) {
        SsuiSample other = GrammarQuestions.question(sample.id() + "-twin");
        return new SsuiSample(
                other.id(),
                sample.image(),
                other.question(),
                other.reference(),
                other.answer(),
                other.risk(),
                other.category(),
                other.fields());
    }

    @Test
    void neverShowsTheQuestionItselfNorOneWithItsPicture() {
        List<SsuiSample> pool = new ArrayList<>(POOL);
        POOL.forEach(sample -> pool.add(twin(sample)));
        Set<String> shown = new HashSet<>();
        for (SsuiSample question : pool) {
            for (long seed = 0; seed < 20; seed++) {
                Demonstrations chosen = DemonstrationPool.of(pool).choose(question, 5, true, seed);
                assertThat(chosen.examples()).doesNotHaveDuplicates().hasSize(5);
                assertThat(chosen.examples())
                        .noneMatch(example -> example.image().equals(question.image()));
                chosen.examples().forEach(example -> shown.add(example.id()));
            }
        }
        assertThat(shown).hasSize(24);
    }

    @Test
    void choosesByTheSeed() {
        DemonstrationPool pool = DemonstrationPool.of(POOL);
        SsuiSample question = POOL.getFirst();
        assertThat(pool.choose(question, 3, true, 1)).isEqualTo(pool.choose(question, 3, true, 1));
        assertThat(pool.choose(question, 3, true, 1)).isNotEqualTo(pool.choose(question, 3, true, 2));
    }

    @Test
    void refusesWithTheCountWhatThePoolCannotGive() {
        assertThat(DemonstrationPool.of(POOL).choose(POOL.get(4), 11, false, 1).examples())
                .hasSize(11);
        assertThatThrownBy(() -> DemonstrationPool.of(POOL).choose(POOL.get(4), 12, false, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("question q4 is to be asked after 12 demonstrations")
                .hasMessageContaining("only 11");
    }

    @Test
    void asksWithoutDemonstrationsWhereNoneAreWanted() {
        assertThat(DemonstrationPool.of(List.of())
                        .choose(POOL.getFirst(), 0, true, 1)
                        .examples())
                .isEmpty();
    }
}
