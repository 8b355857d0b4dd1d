package org.espalier.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final ModelConfig QWEN25 = family("qwen2_5_vl");
    private static final ModelConfig QWEN2 = family("qwen2_vl");
    private static final ModelConfig LLAVA = family("llava_next");
    private static final List<String> SEVEN =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    private static ModelConfig family(String name) {
        return ModelFolder.open(Path.of(System.getProperty("espalier.root", ".."), "fixtures", name))
                .config();
    }

    @Test
    void aWordIsTheEndOfAName() {
        assertThat(of(QWEN2, "q_proj"))
                .containsExactly("layers.0.self_attn.q_proj", "layers.1.self_attn.q_proj", "layers.2.self_attn.q_proj");
        assertThat(of(QWEN2, "mlp.down_proj")).hasSize(3).contains("layers.2.mlp.down_proj");
        assertThat(of(QWEN2, "layers.1.self_attn.o_proj")).containsExactly("layers.1.self_attn.o_proj");
        assertThat(of(QWEN2, "merger.mlp.0")).containsExactly("visual.merger.mlp.0");
    }

    /** As many as PEFT 0.21 adapts in these models; in LLaVA's it counts the four linear kinds of a block nobody looks at. */
    @Test
    void aWordMeansModulesOfTheVisionSideToo() {
        assertThat(new Targets(SEVEN).modules(QWEN25)).hasSize(33);
        assertThat(of(QWEN25, "all-linear")).hasSize(43);
        assertThat(new Targets(SEVEN).modules(QWEN2)).hasSize(21);
        assertThat(of(QWEN2, "all-linear")).hasSize(39);
        assertThat(new Targets(SEVEN).modules(LLAVA)).hasSize(33 - 3);
        assertThat(of(LLAVA, "all-linear")).hasSize(47 - 6);
    }

    @Test
    void theLanguageModelHasAWordOfItsOwn() {
        for (ModelConfig model : List.of(QWEN25, QWEN2, LLAVA)) {
            assertThat(of(model, "language-model")).hasSize(21).allMatch(name -> name.startsWith("layers."));
        }
    }

    @Test
    void anExpressionMatchesAWholeNameInAnyVersionsWords() {
        assertThat(of(LLAVA, ".*layers\\.1\\.self_attn\\.(q|v)_proj"))
                .containsExactly(
                        "layers.1.self_attn.q_proj",
                        "layers.1.self_attn.v_proj",
                        "vision_tower.encoder.layers.1.self_attn.q_proj",
                        "vision_tower.encoder.layers.1.self_attn.v_proj");
        assertThat(of(QWEN25, "model\\.language_model\\.layers\\.1\\..*up_proj"))
                .containsExactly("layers.1.mlp.up_proj");
        assertThat(of(QWEN25, "model\\.layers\\.0\\.mlp\\.up_proj")).containsExactly("layers.0.mlp.up_proj");
        assertThat(of(LLAVA, "vision_tower\\.vision_model\\.encoder.*\\.0\\..*fc1"))
                .containsExactly("vision_tower.encoder.layers.0.mlp.fc1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q_prj", "a.proj_out", "nothing.at.all", "(", " "})
    void aWordThatMeansNothingInAnyModelIsRefused(String word) {
        assertThatThrownBy(() -> new Targets(List.of("q_proj", word)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("targets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers.5.mlp.up_proj", ".*nothing.*", "fc1", "lm_head.proj"})
    void aWordThatMeansNothingInThisModelIsRefused(String word) {
        Targets targets = new Targets(List.of("q_proj", word));
        assertThatThrownBy(() -> targets.modules(QWEN25))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + word + "' names no linear module of this model of 3 layers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(([a-z0-9_.]+)+)+!", "(.*a)*(.*b)*(.*c)*(.*d)*!", "BRACKETS", "GROUPS", "(.|[a-z])*!"})
    void anExpressionThatTakesForEverIsRefused(String word) {
        String expression = switch (word) {
            case "BRACKETS" -> "(".repeat(20_000) + "a" + ")*".repeat(20_000);
            case "GROUPS" -> "(z?){1,2}".repeat(20_000);
            default -> word;
        };

        assertThatThrownBy(() -> new Targets(List.of(expression)).modules(QWEN25))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("targets: ");
    }

    @Test
    void modulesAreWrittenAsOneExpressionThatMeansThemAlone() {
        for (ModelConfig model : List.of(QWEN25, QWEN2, LLAVA)) {
            for (List<String> words : List.of(
                    List.of("q_proj", "down_proj"),
                    List.of("layers.0.self_attn.q_proj", "layers.2.self_attn.q_proj", "layers.1.mlp.up_proj"),
                    List.of("language-model"),
                    List.of("all-linear"))) {
                List<String> modules = names(model, new Targets(words).modules(model));
                List<String> all = names(model, model.linearModules());
                Pattern pattern = Pattern.compile(TargetExpression.of(modules, all));
                assertThat(all)
                        .filteredOn(module -> pattern.matcher(module).matches())
                        .isEqualTo(modules);
            }
        }
    }

    private static List<String> names(ModelConfig model, List<LinearModule> modules) {
        return modules.stream()
                .map(module -> model.names().current(module.name()))
                .toList();
    }

    private static List<String> of(ModelConfig model, String word) {
        return new Targets(List.of(word))
                .modules(model).stream().map(LinearModule::name).toList();
    }
}
