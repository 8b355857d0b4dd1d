package org.espalier.ssui.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What an intake that was not finished goes on from. */
class DecisionLogTest {
    @TempDir
    Path folder;

    private static ObjectNode picture() {
        String sha256 = "0123456789abcdef".repeat(4);
        return new PooledPicture(
                        PooledPicture.idOf(sha256),
                        "images/0123456789abcdef.png",
                        sha256,
                        1,
                        8,
                        8,
                        "png",
                        9,
                        Licence.UNKNOWN,
                        PictureSource.of("a", "b"),
                        Safety.UNVERIFIED)
                .json();
    }

    private Path log(ObjectNode picture) throws IOException {
        ObjectNode line = Json.object();
        line.set("picture", picture);
        return Files.writeString(folder.resolve("decisions.jsonl"), Json.line(line) + "\n");
    }

    @Test
    void aDecisionIsReadAsItWasWritten() throws IOException {
        assertThat(DecisionLog.read(log(picture()))).hasSize(1);
    }

    /** It would be shown to an agent, and deleted where that finds it harmful. */
    @ParameterizedTest
    @ValueSource(strings = {"../../precious.png", "/etc/hostname", "images/../../x.png", "images\\..\\..\\x.png"})
    void aPictureOutsideThePoolIsRefused(String image) throws IOException {
        Path log = log(picture().put("image", image));
        assertThatThrownBy(() -> DecisionLog.read(log))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leaves the pool's folder");
    }
}
