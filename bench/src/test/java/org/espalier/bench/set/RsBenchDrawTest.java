package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.run.SamplePaths;
import org.espalier.core.InputException;
import org.espalier.core.Question;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsBenchDrawTest {
    private static List<SsuiSample> samples() {
        List<SsuiSample> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            samples.add(SamplePaths.sample("q" + i, i % 4 == 0 ? Risk.SAFE : Risk.UNSAFE, i < 30 ? "test" : "train"));
        }
        return samples;
    }

    @Test
    void drawsFromItsSplitAloneAndKeepsTheShareOfEitherRisk() {
        List<SsuiSample> drawn = new RsBenchDraw("test", 15, 1).of(samples());
        assertThat(drawn)
                .hasSize(15)
                .allMatch(sample -> Integer.parseInt(sample.id().substring(1)) < 30);
        // Eight of thirty are safe: 15 * 8 / 30 = 4.
        assertThat(drawn).filteredOn(sample -> sample.risk() == Risk.SAFE).hasSize(4);
        assertThat(new RsBenchDraw("test", 15, 1).of(samples()))
                .extracting(SsuiSample::id)
                .isEqualTo(drawn.stream().map(SsuiSample::id).toList());
        assertThat(new RsBenchDraw("test", 15, 2).of(samples()))
                .extracting(SsuiSample::id)
                .isNotEqualTo(drawn.stream().map(SsuiSample::id).toList());
        assertThat(new RsBenchDraw("test", 1000, 1).of(samples())).hasSize(30);
    }

    @Test
    void namesTheSplitsThatThereAre() {
        assertThatThrownBy(() -> new RsBenchDraw("tset", 5, 1).of(samples()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the data have test, train");
    }

    @Test
    void writesQuestionsThatCanBeReadWithTheirPictures(@TempDir Path folder) throws IOException {
        Path picture = Files.writeString(folder.resolve("p.png"), "a picture");
        SsuiSample sample = samples().getFirst();
        SsuiSample whole = new SsuiSample(
                sample.id(),
                "images/deep/p.png",
                new Question(sample.id(), picture, sample.question().query()),
                sample.reference(),
                sample.answer(),
                sample.risk(),
                sample.category(),
                sample.fields());
        Path file = RsBenchDraw.write(List.of(whole), folder.resolve("out"));
        assertThat(SsuiFile.read(file)).hasSize(1);
        assertThat(folder.resolve("out/images/deep/p.png")).hasContent("a picture");
    }
}
