package org.espalier.model.qwen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.model.decoder.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class QwenConfigTest {
    private static final Path FLAT =
            Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl", "config.json");
    /** Keys that newer libraries leave at the top. */
    private static final List<String> TOP = List.of(
            "architectures",
            "model_type",
            "tie_word_embeddings",
            "image_token_id",
            "video_token_id",
            "vision_start_token_id",
            "vision_end_token_id",
            "vision_config");

    @TempDir
    Path folder;

    @Test
    void theNestedStyleSaysTheSameAsTheFlatOne() throws IOException {
        QwenConfig nested = read(write(nested()));
        assertThat(nested).isEqualTo(read(FLAT));
        assertThat(nested.text().layers()).isEqualTo(3);
        assertThat(nested.text().keyValueHeads()).isEqualTo(2);
    }

    @Test
    void aHeadIsTiedWhereEitherPlaceSaysSo() throws IOException {
        ObjectNode config = nested();
        config.put("tie_word_embeddings", true);
        ((ObjectNode) config.path("text_config")).put("tie_word_embeddings", false);
        assertThat(read(write(config)).text().tied()).isTrue();
        config.put("tie_word_embeddings", false);
        assertThat(read(write(config)).text().tied()).isFalse();
    }

    @Test
    void aSizeThatIsMissingInTheNestedPartIsNamed() throws IOException {
        ObjectNode config = nested();
        ((ObjectNode) config.path("text_config")).remove("num_hidden_layers");
        Path file = write(config);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("num_hidden_layers");
    }

    /** As Qwen2-VL-7B's says it: the vision side's own words for the same sizes, and another layer. */
    @Test
    void readsTheFirstGenerationsVisionSide() throws IOException {
        ObjectNode config = (ObjectNode) JsonFile.read(FLAT, "a fixture");
        config.set("vision_config", Json.parse("""
                {"depth": 32, "embed_dim": 1280, "mlp_ratio": 4, "num_heads": 16, "in_chans": 3, "hidden_size": 64,
                 "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14, "temporal_patch_size": 2}"""));
        VisionShape vision =
                new QwenConfigReader(write(config), QwenFamily.QWEN2_VL).qwen().vision();

        assertThat(vision)
                .extracting("depth", "hidden", "feedForward", "output", "gated", "activation")
                .containsExactly(32, 1280, 5120, 64, false, Activation.QUICK_GELU);
        assertThat(vision.fullLayers()).hasSize(32);

        ((ObjectNode) config.path("vision_config")).put("hidden_act", "mish");
        Path file = write(config);
        assertThatThrownBy(() -> new QwenConfigReader(file, QwenFamily.QWEN2_VL).qwen())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("hidden_act \"mish\" is not supported, only gelu");
    }

    /** Each was taken for what stands where the field is absent. */
    @Test
    void aFieldOfAnotherKindIsRefused() throws IOException {
        for (String field : List.of("hidden_act", "use_sliding_window", "eos_token_id")) {
            for (String value : List.of("[]", "{}", "0.5", "[[1]]", "\"maybe\"")) {
                ObjectNode config = (ObjectNode) JsonFile.read(FLAT, "a fixture");
                config.set(field, Json.parse(value));
                Path file = write(config);
                assertThatThrownBy(() -> read(file))
                        .as(field + " " + value)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(field);
            }
        }
        ObjectNode config = (ObjectNode) JsonFile.read(FLAT, "a fixture");
        ((ObjectNode) config.path("rope_scaling")).putArray("type");
        Path file = write(config);
        assertThatThrownBy(() -> read(file)).hasMessageContaining("type is not a word");
    }

    @Test
    void sectionsWhoseSumRunsOverAreRefused() throws IOException {
        ObjectNode config = (ObjectNode) JsonFile.read(FLAT, "a fixture");
        int half = read(FLAT).text().headWidth() / 2;
        ((ObjectNode) config.path("rope_scaling"))
                .putArray("mrope_section")
                .add(Integer.MAX_VALUE)
                .add(Integer.MAX_VALUE)
                .add(half + 2);
        Path file = write(config);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .message()
                .containsOnlyOnce("a part of mrope_section is 2147483647, more than any model has");
    }

    private static QwenConfig read(Path file) {
        return new QwenConfigReader(file, QwenFamily.QWEN2_5_VL).qwen();
    }

    private static ObjectNode nested() {
        ObjectNode flat = (ObjectNode) JsonFile.read(FLAT, "a fixture");
        ObjectNode nested = Json.object();
        ObjectNode text = nested.putObject("text_config");
        flat.properties().forEach(entry -> {
            ObjectNode part = TOP.contains(entry.getKey()) ? nested : text;
            part.set(entry.getKey(), entry.getValue());
        });
        text.put("model_type", "qwen2_5_vl_text");
        return nested;
    }

    private Path write(ObjectNode config) throws IOException {
        return Files.writeString(folder.resolve("config.json"), Json.page(config));
    }
}
