package org.espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.core.Question;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PixelBounds;
import org.espalier.model.generate.SmallCheckpoint;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class ModelFolderTest {
    private static final Path PICTURE = SmallCheckpoint.ORACLE.resolve("image_1.png");

    @TempDir
    Path folder;

    @Test
    void saysWhatAFolderHoldsWithoutReadingWeights() {
        ModelFolder model = ModelFolder.open(SmallCheckpoint.ORACLE);
        assertThat(model.family().name()).isEqualTo("Qwen2.5-VL");
        assertThat(model.config().text().layers()).isEqualTo(3);
        assertThat(model.inventory().types()).containsOnlyKeys(Dtype.F32);
        assertThat(model.inventory().bytes()).isEqualTo(4 * model.inventory().parameters());
        assertThat(model.stored(Device.CPU)).isEqualTo(Placement.CPU);
    }

    @Test
    void aPromptIsAsLongAsItsPicturesAreInTheEnd() {
        ModelFolder model = ModelFolder.open(SmallCheckpoint.write(folder));
        PictureInput picture = model.picture(PICTURE);

        int[] ids = model.prompt(List.of(Turn.user(new Question("q", PICTURE, "Is this safe?"))))
                .ids();

        assertThat(java.util.Arrays.stream(ids)
                        .filter(id -> id == model.config().imageToken()))
                .hasSize(picture.tokens());
        assertThat(picture.withoutValues().tokens()).isEqualTo(picture.tokens());
        assertThat(picture.withoutValues().values()).isEmpty();
    }

    @Test
    void picturesCanBeMadeSmallerThanTheCheckpointSays() {
        PixelBounds bounds = new PixelBounds(OptionalInt.of(28 * 28), OptionalInt.of(2 * 28 * 28));
        ModelFolder model = ModelFolder.open(SmallCheckpoint.ORACLE, bounds);
        assertThat(model.picture(PICTURE).tokens()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFamilyThatNobodyKnowsIsRefusedWithThoseThatAreKnown() throws IOException {
        config(Map.of("model_type", "nobodys"));
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a model of the type 'nobodys'")
                .hasMessageContaining("it runs qwen2_5_vl, qwen2_vl, llava_next");
    }

    @Test
    void whatIsNoFolderOfAModelIsRefused() {
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("it holds no config.json");
        assertThatThrownBy(() -> ModelFolder.open(folder.resolve("none"))).hasMessageContaining("there is no folder");
    }

    @Test
    void aMissingTokenizerIsSaidWhenWordsAreNeeded() throws IOException {
        SmallCheckpoint.write(folder);
        Files.delete(folder.resolve("tokenizer.json"));
        ModelFolder model = ModelFolder.open(folder);
        assertThat(model.picture(PICTURE).tokens()).isPositive();
        assertThatThrownBy(model::chat).isInstanceOf(InputException.class).hasMessageContaining("tokenizer.json");
        assertThatThrownBy(() -> LoadedModel.open(folder, Device.CPU)).hasMessageContaining("tokenizer.json");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        SmallCheckpoint.write(folder);
        config(Map.of("image_token_id", 7));
        assertThatThrownBy(() -> LoadedModel.open(folder, Device.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The tokenizer's token for pictures is 358, but config.json says 7");
        config(Map.of("image_token_id", 358, "vocab_size", 360));
        assertThatThrownBy(() -> LoadedModel.open(folder, Device.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("belongs to another model");
    }

    @Test
    void aPictureThatCannotBeReadIsNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        ModelFolder model = ModelFolder.open(SmallCheckpoint.ORACLE);
        assertThatThrownBy(() -> model.picture(broken))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("broken.png");
    }

    @ParameterizedTest
    @EnumSource(
            value = Dtype.class,
            names = {"F32", "F64", "BF16", "F16"})
    void weightsAreComputedInTheTypeThatIsAskedFor(Dtype type) {
        ModelFolder model = ModelFolder.open(SmallCheckpoint.ORACLE);
        try (LoadedModel loaded = LoadedModel.open(model, new Placement(Device.CPU, type))) {
            assertThat(loaded.placement().type()).isEqualTo(type);
            assertThat(org.espalier.tensor.TensorInfo.of(loaded.decoder().head())
                            .dtype())
                    .isEqualTo(type);
        }
    }

    /** Changes some fields of the configuration; writes one where there is none. */
    private void config(Map<String, Object> fields) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = Files.exists(file) ? (ObjectNode) Json.parse(Files.readString(file)) : Json.object();
        fields.forEach((name, value) -> config.set(name, Json.tree(value)));
        Files.writeString(file, Json.page(config));
    }
}
