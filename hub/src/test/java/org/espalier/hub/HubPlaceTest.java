package org.espalier.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubPlaceTest {
    @TempDir
    Path folder;

    @Test
    void theCacheIsWhereTheEnvironmentSaysItToEveryProgram() {
        assertThat(HubPlace.of(Map.of("HF_HUB_CACHE", "/a", "HF_HOME", "/b")).cache())
                .isEqualTo(Path.of("/a"));
        assertThat(HubPlace.of(Map.of("HF_HOME", "/b", "XDG_CACHE_HOME", "/c")).cache())
                .isEqualTo(Path.of("/b/hub"));
        assertThat(HubPlace.of(Map.of("XDG_CACHE_HOME", "/c")).cache()).isEqualTo(Path.of("/c/huggingface/hub"));
        assertThat(HubPlace.of(Map.of("HF_HOME", "$DISK/${OF_MINE}/$x", "DISK", "/d", "OF_MINE", "me"))
                        .cache())
                .isEqualTo(Path.of("/d/me/$x/hub"));
        assertThat(HubPlace.of(Map.of("HF_HUB_CACHE", "")).cache())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/huggingface/hub"));
        assertThat(HubPlace.of(Map.of()).endpoint()).hasToString("https://huggingface.co");
        assertThat(HubPlace.of(Map.of("HF_ENDPOINT", "http://127.0.0.1:1/")).endpoint())
                .hasToString("http://127.0.0.1:1");
    }

    @Test
    void theTokenIsTakenFromItsVariableBeforeItsFileAndShownByNeither() throws Exception {
        Files.writeString(folder.resolve("token"), "hf_fromFile\n");
        Map<String, String> home = Map.of("HF_HOME", folder.toString());
        assertThat(HubPlace.of(home).token().orElseThrow().header()).isEqualTo("Bearer hf_fromFile");
        HubPlace both = HubPlace.of(Map.of("HF_HOME", folder.toString(), "HF_TOKEN", "hf_fromVariable"));
        assertThat(both.token().orElseThrow().header()).isEqualTo("Bearer hf_fromVariable");
        assertThat(both.toString()).doesNotContain("hf_fromVariable");
        Files.writeString(folder.resolve("other"), "hf_other");
        Map<String, String> named =
                Map.of("HF_TOKEN_PATH", folder.resolve("other").toString());
        assertThat(HubPlace.of(named).token().orElseThrow().header()).isEqualTo("Bearer hf_other");
        assertThat(HubPlace.of(Map.of("HF_HOME", folder.resolve("none").toString()))
                        .token())
                .isEmpty();
    }

    @Test
    void isOfflineAsPythonsProgramsAre() {
        assertThat(HubPlace.of(Map.of("TRANSFORMERS_OFFLINE", "yes")).offline()).isTrue();
        assertThat(HubPlace.of(Map.of("TRANSFORMERS_OFFLINE", "1", "HF_HUB_OFFLINE", "0"))
                        .offline())
                .isFalse();
        assertThat(HubPlace.of(Map.of()).offline()).isFalse();
    }

    @Test
    void whatCannotBeMeantIsRefusedAndATokenNotQuoted() {
        assertThatThrownBy(() -> HubPlace.of(Map.of("HF_ENDPOINT", "hub.example")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("HF_ENDPOINT is 'hub.example'");
        assertThatThrownBy(() -> HubPlace.of(Map.of("HF_TOKEN", "two words")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("HF_TOKEN")
                .hasMessageNotContaining("two words");
        assertThatThrownBy(() -> new Pull(
                        HubReference.parse(RepositoryName.Kind.MODEL, "a/b"),
                        HubPlace.of(Map.of("HF_HUB_OFFLINE", "1")),
                        java.util.List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("HF_HUB_OFFLINE");
    }
}
