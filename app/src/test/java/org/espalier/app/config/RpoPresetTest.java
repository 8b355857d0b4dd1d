package org.espalier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins what the preset "rpo" has of its own; everything else is as in "paper". */
class RpoPresetTest {
    @TempDir
    private Path folder;

    @Test
    void differsFromThePaperWhereRposCodeDoes() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), "preset: rpo\n");
        var rpo = Recipes.read(Optional.of(recipe), Map.of()).train().origins();
        var paper = Recipes.read(Optional.empty(), Map.of()).train().origins();

        Map<String, String> own = new TreeMap<>();
        rpo.forEach((name, origin) -> {
            assertThat(origin.source()).isEqualTo("preset rpo");
            if (!origin.value().equals(paper.get(name).value())) {
                own.put(name, origin.value().toString());
            }
        });

        assertThat(own)
                .containsExactly(
                        Map.entry("alignment", "log-odds"),
                        Map.entry("likelihood", "mean"),
                        Map.entry("over-pairs", "mean"),
                        Map.entry("pairs-per-step", "0"),
                        Map.entry("reference", "token-mean"),
                        Map.entry("targets", "[.*language_model.*\\.(q|v)_proj]"));
    }
}
