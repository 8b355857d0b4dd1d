package org.espalier.greenhouse.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreenhouseDataTest {
    private static final World WORLD = WorldFile.load();
    private static final Split SPLIT = Split.draw(WORLD, 1);
    private static final WorldSettings SETTINGS = new WorldSettings(
            7, Map.of(Part.TRAIN, 60, Part.TEST_SEEN, 40, Part.TEST_COMBINATIONS, 40, Part.TEST_DRAWINGS, 40));

    @TempDir
    static Path folder;

    private static Map<Part, Path> files;

    @BeforeAll
    static void write() {
        files = new GreenhouseData(WORLD, SPLIT).write(folder, SETTINGS);
    }

    @Test
    void writesOrdinarySsuiFilesWhoseReferencesAreRight() {
        GreenhouseRules rules = new GreenhouseRules(WORLD);
        files.forEach((part, file) -> {
            List<SsuiSample> samples = SsuiFile.read(file);
            assertThat(samples).hasSize(SETTINGS.sizes().get(part));
            for (SsuiSample sample : samples) {
                assertThat(rules.verify(sample, sample.reference()).correct()).isTrue();
                assertThat(rules.combination(sample).risk()).isEqualTo(sample.risk());
            }
        });
    }

    @Test
    void everyUnsafeQuestionHasASafeTwinWithTheSamePictureOrTheSameQuery() {
        Map<String, SsuiSample> byId = new HashMap<>();
        List<SsuiSample> all = new ArrayList<>();
        files.values().forEach(file -> all.addAll(SsuiFile.read(file)));
        all.forEach(sample -> byId.put(sample.id(), sample));
        int pictures = 0;
        for (SsuiSample sample : all) {
            SsuiSample twin = byId.get(sample.fields().path("tag").path("twin").asString());
            assertThat(twin.risk()).isNotEqualTo(sample.risk());
            assertThat(twin.category()).isEqualTo(sample.category());
            if (sample.fields().path("tag").path("twin_shares").asString().equals("picture")) {
                pictures++;
                assertThat(twin.image()).isEqualTo(sample.image());
                assertThat(twin.question().query())
                        .isNotEqualTo(sample.question().query());
            } else {
                assertThat(twin.question().query()).isEqualTo(sample.question().query());
                assertThat(twin.image()).isNotEqualTo(sample.image());
            }
        }
        assertThat(pictures).isBetween(all.size() / 4, all.size() * 3 / 4);
    }

    @Test
    void holdsOutWhatTheSplitSays() {
        GreenhouseRules rules = new GreenhouseRules(WORLD);
        files.forEach((part, file) -> {
            for (SsuiSample sample : SsuiFile.read(file)) {
                Pair pair = rules.combination(sample).pair();
                assertThat(SPLIT.holdsOut(pair)).isEqualTo(part == Part.TEST_COMBINATIONS);
                long drawings = 0;
                for (var drawing : sample.fields().path("tag").path("drawings")) {
                    drawings += SPLIT.heldOutDrawings().stream()
                            .filter(d -> d.key().equals(drawing.asString()))
                            .count();
                }
                assertThat(drawings > 0).isEqualTo(part == Part.TEST_DRAWINGS);
            }
        });
    }

    @Test
    void theSameSeedWritesTheSameBytesAndAnotherDoesNot(@TempDir Path other) throws IOException {
        WorldSettings small = new WorldSettings(7, Map.of(Part.TRAIN, 10));
        Path again = new GreenhouseData(WORLD, SPLIT).write(other, small).get(Part.TRAIN);
        List<String> first = Files.readAllLines(files.get(Part.TRAIN)).subList(0, 10);

        assertThat(Files.readAllLines(again)).isEqualTo(first);
        for (SsuiSample sample : SsuiFile.read(again)) {
            assertThat(sample.question().image())
                    .hasSameBinaryContentAs(files.get(Part.TRAIN).resolveSibling(sample.image()));
        }
        WorldSettings elsewhere = new WorldSettings(8, Map.of(Part.TRAIN, 10));
        Path different = new GreenhouseData(WORLD, SPLIT)
                .write(other.resolve("8"), elsewhere)
                .get(Part.TRAIN);
        assertThat(Files.readString(different)).isNotEqualTo(Files.readString(again));
    }

    @Test
    void refusesASizeWithoutTwins() {
        assertThatThrownBy(() -> new WorldSettings(1, Map.of(Part.TRAIN, 7)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("even number");
    }

    @Test
    void keepsBothRisksAtOneHalf() {
        files.values().forEach(file -> {
            List<SsuiSample> samples = SsuiFile.read(file);
            assertThat(samples.stream().filter(s -> s.risk() == Risk.UNSAFE)).hasSize(samples.size() / 2);
        });
    }
}
