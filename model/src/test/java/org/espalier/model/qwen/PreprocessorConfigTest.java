package org.espalier.model.qwen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorConfigTest {
    @TempDir
    Path folder;

    private PreprocessorConfig read(String json) throws IOException {
        return PreprocessorConfig.read(Files.writeString(folder.resolve("preprocessor_config.json"), json));
    }

    @Test
    void readsTheOlderFlatStyle() {
        PreprocessorConfig config = PreprocessorConfig.read(
                Path.of(System.getProperty("espalier.root"), "fixtures/qwen2_5_vl/preprocessor_config.json"));

        assertThat(config.patchSize()).isEqualTo(14);
        assertThat(config.temporalPatchSize()).isEqualTo(2);
        assertThat(config.mergeSize()).isEqualTo(2);
        assertThat(config.minPixels()).isEqualTo(3136);
        assertThat(config.maxPixels()).isEqualTo(12845056);
        assertThat(config.normalisation().mean()).containsExactly(0.48145466, 0.4578275, 0.40821073);
        assertThat(config.normalisation().std()).containsExactly(0.26862954, 0.26130258, 0.27577711);
        assertThat(config.normalisation().rescaleFactor()).isEqualTo(1 / 255.0);
    }

    @Test
    void readsTheNewerNestedStyleAndLetsFlatBoundsWin() throws IOException {
        String size = "\"size\": {\"shortest_edge\": 4000, \"longest_edge\": 90000}";

        assertThat(read("{" + size + "}")).extracting("minPixels", "maxPixels").containsExactly(4000, 90000);
        assertThat(read("{" + size + ", \"max_pixels\": 80000}"))
                .extracting("minPixels", "maxPixels")
                .containsExactly(4000, 80000);
    }

    @Test
    void takesTransformersDefaultsWhereTheFileIsSilent() throws IOException {
        PreprocessorConfig config = read("{\"something_new\": [1]}");

        assertThat(config.minPixels()).isEqualTo(3136);
        assertThat(config.maxPixels()).isEqualTo(1003520);
        assertThat(config.unit()).isEqualTo(28);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"patch_size\": \"14\"} | patch_size is \"14\", not a whole number.",
                "{\"patch_size\": 14.5} | patch_size is 14.5, not a whole number.",
                "{\"patch_size\": 0} | patch_size 0 is not between 1 and 1024.",
                "{\"image_mean\": 0.5} | image_mean is 0.5, not three numbers.",
                "{\"image_std\": [1, 0, 1]} | image_std need three numbers, those of image_std from 0.001 to 1000.",
                "{\"image_std\": [1e999, 1, 1]} | image_std need three numbers, those of image_std from 0.001 to 1000.",
                "{\"image_mean\": [1, 1, 1e999]} | image_mean [1.0, 1.0, Infinity] is not from -1000 to 1000.",
                "{\"rescale_factor\": 1e-320} | is not from 0.000001 to 1.",
                "{\"rescale_factor\": true} | rescale_factor is true, not a number.",
                "{\"do_resize\": false} | do_resize is false, and only true is supported.",
                "{\"resample\": 2} | resample is 2, and only 3 (bicubic) is supported.",
                "{\"min_pixels\": 9, \"max_pixels\": 8} | min_pixels 9 is not between 1 and 8.",
                "{\"size\": {\"shortest_edge\": 336}} | size lacks shortest_edge and longest_edge, as if for"
                        + " another family of models.",
                "{\"patch_size\": | between Object entries; take the one that came with the checkpoint",
                "[] | is not a JSON object; take the one that came with the checkpoint",
            })
    void saysInOneSentenceWhatIsWrong(String json, String end) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        folder.resolve("preprocessor_config.json").toString())
                .hasMessageEndingWith(end);
    }

    @Test
    void saysThatTheFileIsNotThere() {
        assertThatThrownBy(() -> PreprocessorConfig.read(folder.resolve("none.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file " + folder.resolve("none.json"));
    }

    @Test
    void takesOtherBoundsForASlowMachine() throws IOException {
        assertThat(read("{}").withPixels(784, 50176))
                .extracting("minPixels", "maxPixels")
                .containsExactly(784, 50176);
        assertThatThrownBy(() -> read("{}").withPixels(10, 5)).isInstanceOf(InputException.class);
    }
}
