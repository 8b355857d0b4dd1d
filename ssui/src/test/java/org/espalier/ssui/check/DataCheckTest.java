package org.espalier.ssui.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
    private static final Taxonomy TAXONOMY = Taxonomy.composed();
    private static final String CATEGORY = TAXONOMY.tertiary().getFirst().id();

    @TempDir
    Path folder;

    @BeforeEach
    void draw() throws IOException {
        for (int i = 0; i < 4; i++) {
            Pictures.write(folder.resolve("images/p" + i + ".png"), i);
        }
    }

    @Test
    void soundDataIsSound() throws IOException {
        CheckReport report =
                check(file("ssui.jsonl", line("a", 0, "train"), line("b", 1, "test"), line("c", 0, "train")));

        assertThat(report.faults()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.pictures()).isEqualTo(2);
        assertThat(report.splits()).containsEntry("train", 2).containsEntry("test", 1);
    }

    @Test
    void everyFaultIsNamedByFileLineAndField() throws IOException {
        Files.writeString(folder.resolve("images/text.png"), "no picture");
        Path file = file(
                "ssui.jsonl",
                line("a", 0, "train"),
                "not JSON",
                line("a", 1, "train"),
                line("b", 1, "train").replace("\"risk\":\"unsafe\"", "\"risk\":\"perhaps\""),
                line("c", 1, "train").replace("images/p1.png", "../p1.png"),
                line("d", 1, "train").replace("images/p1.png", "images/none.png"),
                line("e", 1, "train").replace("images/p1.png", "images/text.png"),
                line("f", 1, "train").replace(CATEGORY, "no.such.category"),
                line("g", 1, "train").replace("Do not.\"]", "Perhaps.\"]"),
                line("h", 1, "train").replace("\"allowed\"", "\"perhaps\""),
                line("i", 1, "train").replace("\"query\":\"May I?\"", "\"query\":\" \""));

        CheckReport report = check(file);

        String place = file + ", line ";
        assertThat(report.faults())
                .hasSize(10)
                .anyMatch(fault -> fault.startsWith(place + "2: is not JSON"))
                .anyMatch(fault -> fault.startsWith(place + "3, field \"id\": \"a\" stands in line 1"))
                .anyMatch(fault -> fault.startsWith(place + "4, field \"risk\""))
                .anyMatch(fault -> fault.startsWith(place + "5, field \"image\"") && fault.contains("leaves"))
                .anyMatch(fault -> fault.startsWith(place + "6, field \"image\"") && fault.contains("no picture"))
                .anyMatch(fault -> fault.startsWith(place + "7, field \"image\"") && fault.contains("not a JPEG"))
                .anyMatch(fault -> fault.startsWith(place + "8, field \"category\""))
                .anyMatch(fault -> fault.startsWith(place + "9, field \"steps\""))
                .anyMatch(fault -> fault.startsWith(place + "10, field \"provenance.picture.licence.training\""))
                .anyMatch(fault -> fault.startsWith(place + "11, field \"query\""));
        assertThat(report.count()).isEqualTo(10);
    }

    @Test
    void aPlantedLeakIsFound() throws IOException {
        Pictures.write(folder.resolve("images/p9.jpg"), Pictures.scaled(Pictures.drawn(2, 96, 72), 200, 150));
        Path file = file(
                "ssui.jsonl",
                line("a", 2, "train"),
                line("b", 1, "train"),
                line("c", 2, "test"),
                line("d", 9, "test").replace("p9.png", "p9.jpg"));

        assertThat(check(file).faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains("line 3, field \"image\": is the picture of sample \"a\" (line 1)"))
                .anyMatch(fault -> fault.contains("line 4, field \"image\": looks like the picture of sample \"a\""));
    }

    @Test
    void aPictureThatWasSwappedIsFound() throws IOException {
        String told = "\"picture\":{\"sha256\":\"" + Sha256.of(folder.resolve("images/p0.png")) + "\",";
        Path file = file(
                "ssui.jsonl",
                line("a", 0, "").replace("\"picture\":{", told),
                line("b", 1, "").replace("\"picture\":{", told));

        assertThat(check(file).faults())
                .singleElement()
                .asString()
                .contains(
                        "line 2, field \"image\": the picture images/p1.png is another than provenance.picture tells");
    }

    @Test
    void filesWithoutSplitsAreSplitsOfTheirOwn() throws IOException {
        Path train = file("train.jsonl", line("a", 0, ""), line("b", 1, ""));
        Path test = file("test.jsonl", line("c", 1, ""));

        assertThat(check(train).sound()).isTrue();
        assertThat(check(train, test).faults())
                .hasSize(1)
                .first()
                .asString()
                .contains("test.jsonl, line 1", "train.jsonl");
    }

    @Test
    void showsSomeFaultsAndCountsAll() throws IOException {
        Path file = file("ssui.jsonl", "1", "2", "3", "4", "5");

        CheckReport report =
                new DataCheck(List.of(file), new CheckSettings(Optional.empty(), 6, 2)).run(Progress.SILENT);

        assertThat(report.faults()).hasSize(2);
        assertThat(report.count()).isEqualTo(5);
    }

    @Test
    void anEmptyFileIsFaultyAndOneThatIsNotThereIsBadInput() throws IOException {
        assertThat(check(file("ssui.jsonl")).count()).isEqualTo(1);
        assertThatThrownBy(() -> check(folder.resolve("none.jsonl")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.jsonl");
    }

    private static CheckReport check(Path... files) {
        return new DataCheck(List.of(files), new CheckSettings(Optional.of(TAXONOMY), 6, 20)).run(Progress.SILENT);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String line(String id, int picture, String split) {
        return "{\"id\":\"%s\",\"image\":\"images/p%d.png\",\"query\":\"May I?\",\"steps\":[\"No.\",\"Do not.\"],"
                        .formatted(id, picture)
                + "\"answer\":\"Do not\",\"risk\":\"unsafe\",\"category\":\"" + CATEGORY + "\","
                + (split.isEmpty() ? "" : "\"split\":\"" + split + "\",")
                + "\"provenance\":{\"picture\":{\"licence\":{\"name\":\"CC0-1.0\",\"url\":\"\",\"training\":\"allowed\"}}}}";
    }
}
