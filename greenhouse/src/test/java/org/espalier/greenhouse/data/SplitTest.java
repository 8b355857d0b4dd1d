package org.espalier.greenhouse.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static final World WORLD = WorldFile.load();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 99})
    void holdsOutAFifthAndLeavesEveryActionBothKindsAndEveryHazardAKnownAlternative(long seed) {
        Split split = Split.draw(WORLD, seed);
        List<Combination> known = split.known(WORLD);

        assertThat(split.heldOutPairs().size())
                .isBetween(WORLD.pairs().size() / 6, WORLD.pairs().size() / 4);
        assertThat(split.heldOutDrawings().stream().map(Drawing::thing).distinct())
                .hasSize(20);
        for (Drawing held : split.heldOutDrawings()) {
            assertThat(Drawing.of(held.thing()))
                    .filteredOn(split::holdsOut)
                    .allMatch(d -> d.style().outlines() == held.style().outlines());
            assertThat(Drawing.of(held.thing()))
                    .filteredOn(d -> !split.holdsOut(d))
                    .isNotEmpty()
                    .noneMatch(d -> d.style().outlines() == held.style().outlines());
        }
        for (var action : WORLD.actions()) {
            assertThat(known).anyMatch(c -> c.action().equals(action) && c.unsafe());
            assertThat(known).anyMatch(c -> c.action().equals(action) && !c.unsafe());
        }
        for (Combination c : known) {
            if (c.unsafe()) {
                assertThat(split.knownAlternatives(WORLD, c.action(), c.first()))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void isAFunctionOfItsSeed() {
        assertThat(Split.draw(WORLD, 4)).isEqualTo(Split.draw(WORLD, 4)).isNotEqualTo(Split.draw(WORLD, 5));
    }

    @Test
    void comesBackFromItsFile(@TempDir Path checkpoint) {
        Split split = Split.draw(WORLD, 4);

        SplitFile.write(split, checkpoint);

        assertThat(SplitFile.read(WORLD, checkpoint)).isEqualTo(split);
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path checkpoint) throws IOException {
        assertThatThrownBy(() -> SplitFile.read(WORLD, checkpoint))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
        Files.writeString(
                checkpoint.resolve(SplitFile.NAME),
                "{\"split_seed\": 1, \"held_out_pairs\": [\"dog+unicorn\"], \"held_out_drawings\": []}");
        assertThatThrownBy(() -> SplitFile.read(WORLD, checkpoint))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dog+unicorn");
        Files.writeString(checkpoint.resolve(SplitFile.NAME), "{\"split_seed\": 1}");
        assertThatThrownBy(() -> SplitFile.read(WORLD, checkpoint)).isInstanceOf(InputException.class);
    }
}
