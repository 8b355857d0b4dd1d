package org.espalier.model.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.RopeFrequencies;
import org.espalier.picture.PictureSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class LlavaConfigTest {
    private static final Path FIXTURE =
            Path.of(System.getProperty("espalier.root", ".."), "fixtures", "llava_next", "config.json");

    @TempDir
    Path folder;

    private LlavaConfig read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
        return new LlavaFamily().read(folder);
    }

    private LlavaConfig changed(String part, String change) throws IOException {
        ObjectNode root = (ObjectNode) JsonFile.read(FIXTURE, "a fixture");
        ObjectNode of = part.equals("root") ? root : (ObjectNode) root.path(part);
        JsonNode changes = Json.parse("{" + change.replace('\'', '"') + "}");
        changes.properties().forEach(entry -> of.set(entry.getKey(), entry.getValue()));
        return read(Json.page(root));
    }

    /** As llama3-llava-next-8b-hf's says it: what is as in the library's classes is left out. */
    @Test
    void readsTheReleasedCheckpointsMinimalFile() throws IOException {
        LlavaConfig config = read("""
                {'model_type': 'llava_next', 'ignore_index': -100, 'image_token_index': 128256,
                 'projector_hidden_act': 'gelu', 'vision_feature_layer': -2,
                 'vision_feature_select_strategy': 'default', 'use_image_newline_parameter': true,
                 'tie_word_embeddings': false,
                 'text_config': {'bos_token_id': 128000, 'eos_token_id': 128009, 'intermediate_size': 14336,
                   'max_position_embeddings': 8192, 'model_type': 'llama', 'num_key_value_heads': 8,
                   'rms_norm_eps': 1e-05, 'rope_theta': 500000.0, 'vocab_size': 128320},
                 'vision_config': {'hidden_size': 1024, 'image_size': 336, 'intermediate_size': 4096,
                   'model_type': 'clip_vision_model', 'num_attention_heads': 16, 'num_hidden_layers': 24,
                   'patch_size': 14, 'projection_dim': 768, 'vocab_size': 32000}}
                """);

        assertThat(config.text())
                .extracting("hidden", "layers", "heads", "keyValueHeads", "headWidth", "feedForward", "qkvBias", "tied")
                .containsExactly(4096, 32, 32, 8, 128, 14336, false, false);
        assertThat(config.text().rope()).isEqualTo(new RopeFrequencies.RoundedAtEachStep(500_000, Optional.empty()));
        assertThat(config.vision()).isEqualTo(new ClipShape(24, 1024, 16, 4096, 336, 14, 1e-5, Activation.QUICK_GELU));
        assertThat(config.layers()).containsExactly(23);
        assertThat(config.canvases()).hasSize(5).contains(new PictureSize(1008, 336));
        assertThat(config.endToken()).isEqualTo(128009);
        assertThat(config.imageToken()).isEqualTo(128256);
        assertThat(config.maxPositions()).isEqualTo(8192);
    }

    @Test
    void whereNothingIsSaidOfTheTowerItIsThePublishedOne() throws IOException {
        assertThat(read("{'model_type': 'llava_next', 'image_token_index': 31999}")
                        .vision())
                .isEqualTo(new ClipShape(24, 1024, 16, 4096, 336, 14, 1e-5, Activation.QUICK_GELU));
    }

    @Test
    void layersAreCountedFromEitherEndAndMayBeSeveral() throws IOException {
        assertThat(changed("root", "'vision_feature_layer': [-1, 0, 3]").layers())
                .containsExactly(4, 0, 3);
        assertThat(changed("root", "'vision_feature_layer': -5").layers()).containsExactly(0);
    }

    @Test
    void theNewerStyleOfRopeSaysTheSameAsTheOlder() throws IOException {
        String scaling = "'factor': 8.0, 'low_freq_factor': 1.0, 'high_freq_factor': 4.0,"
                + " 'original_max_position_embeddings': 64, 'rope_type': 'llama3'";
        LlavaConfig older = changed("text_config", "'rope_scaling': {" + scaling + "}");
        LlavaConfig newer = changed(
                "text_config", "'rope_theta': null, 'rope_parameters': {'rope_theta': 500000.0, " + scaling + "}");

        assertThat(older).isEqualTo(newer);
        assertThat(older.text().rope())
                .isEqualTo(new RopeFrequencies.RoundedAtEachStep(
                        500_000, Optional.of(new RopeFrequencies.Llama3(8, 1, 4, 64))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text_config | 'model_type': 'mistral' | the language model 'mistral' is not supported, only llama",
                "vision_config | 'model_type': 'siglip_vision_model' | the vision tower 'siglip_vision_model'",
                "text_config | 'hidden_act': 'gelu' | hidden_act 'gelu' is not supported, only silu",
                "text_config | 'hidden_act': ['silu'] | hidden_act is not a word",
                "text_config | 'partial_rotary_factor': 'x' | partial_rotary_factor is not a number above 0",
                "root | 'vision_feature_select_strategy': {} | vision_feature_select_strategy is not a word",
                "text_config | 'attention_bias': true | attention_bias is not supported",
                "text_config | 'mlp_bias': true | mlp_bias is not supported",
                "text_config | 'rope_scaling': {'type': 'linear', 'factor': 2.0} | rope scaling 'linear' is not",
                "text_config | 'rope_scaling': {'rope_type': 'yarn', 'factor': 2.0} | rope scaling 'yarn' is not",
                "text_config | 'rope_parameters': {'rope_type': 'dynamic'} | rope scaling 'dynamic' is not supported",
                "text_config | 'rope_scaling': {'rope_type': 'llama3', 'factor': 8.0} | low_freq_factor is not a number",
                "text_config | 'rope_scaling': {'rope_type': 'llama3', 'factor': 8.0, 'low_freq_factor': 4.0,"
                        + " 'high_freq_factor': 4.0} | low_freq_factor (4.0) below high_freq_factor (4.0)",
                "text_config | 'partial_rotary_factor': 0.5 | partial_rotary_factor 0.5 is not supported",
                "text_config | 'num_key_value_heads': 3 | num_attention_heads (4) must be divisible",
                "text_config | 'head_dim': 15 | head_dim 15 is odd",
                "text_config | 'eos_token_id': 512 | eos_token_id is missing or not below vocab_size",
                "root | 'image_token_index': null | image_token_index is missing or not below vocab_size",
                "root | 'vision_feature_select_strategy': 'full' | vision_feature_select_strategy 'full' is not supported",
                "root | 'vision_feature_layer': 5 | vision_feature_layer 5 names no layer of a tower of 4",
                "root | 'vision_feature_layer': [] | vision_feature_layer [] names no layer",
                "root | 'projector_hidden_act': 'mish' | projector_hidden_act \"mish\" is not supported, only gelu,",
                "root | 'image_grid_pinpoints': [[56, 57]] | 57 x 56 is not made of tiles of 56 pixels",
                "root | 'image_grid_pinpoints': [[56000, 56000]] | 56000 x 56000 is larger than any picture",
                "root | 'image_grid_pinpoints': 5 | image_grid_pinpoints is not a list of heights and widths",
                "root | 'quantization_config': {} | quantized weights are not supported",
                "root | 'text_config': [] | text_config is not an object",
                "vision_config | 'num_channels': 4 | vision num_channels is not 3",
                "vision_config | 'num_attention_heads': 5 | vision hidden_size is not divisible by num_attention_heads",
            })
    void refusesByNameWhatItDoesNotCompute(String part, String change, String sentence) {
        assertThatThrownBy(() -> changed(part, change))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("config.json") + " cannot be used: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> changed("text_config", "'attention_bias': true, 'head_dim': 15, 'hidden_act': 'relu'"))
                .hasMessageContainingAll("attention_bias", "head_dim", "hidden_act");
        assertThat(List.of(Activation.values()))
                .allSatisfy(one -> assertThat(Activation.all())
                        .contains(
                                one == Activation.GELU_TANH
                                        ? "gelu_pytorch_tanh"
                                        : one.name().toLowerCase(java.util.Locale.ROOT)));
    }
}
