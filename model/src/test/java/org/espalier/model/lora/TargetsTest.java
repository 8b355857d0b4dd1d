package org.espalier.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    @Test
    void aWordIsTheEndOfAName() {
        assertThat(of("q_proj")).containsExactly("layers.0.self_attn.q_proj", "layers.1.self_attn.q_proj");
        assertThat(of("mlp.down_proj")).containsExactly("layers.0.mlp.down_proj", "layers.1.mlp.down_proj");
        assertThat(of("layers.1.self_attn.o_proj")).containsExactly("layers.1.self_attn.o_proj");
        assertThat(of("all-linear")).hasSize(14).isEqualTo(Targets.ALL.modules(2));
    }

    @Test
    void anExpressionMatchesAWholeNameInAnyVersionsWords() {
        assertThat(of(".*self_attn\\.(q|v)_proj"))
                .containsExactly(
                        "layers.0.self_attn.q_proj",
                        "layers.0.self_attn.v_proj",
                        "layers.1.self_attn.q_proj",
                        "layers.1.self_attn.v_proj");
        assertThat(of("model\\.language_model\\.layers\\.1\\..*up_proj")).containsExactly("layers.1.mlp.up_proj");
        assertThat(of("model\\.layers\\.0\\.mlp\\.up_proj")).containsExactly("layers.0.mlp.up_proj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q_prj", "proj", "nothing.at.all", "(", ".*visual.*", "layers.900.mlp.up_proj"})
    void aWordThatMeansNothingIsRefused(String word) {
        assertThatThrownBy(() -> new Targets(List.of("q_proj", word)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + word + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(([a-z0-9_.]+)+)+!", "(.*a)*(.*b)*(.*c)*(.*d)*!", "BRACKETS", "(.|[a-z])*!"})
    void anExpressionThatTakesForEverIsRefused(String word) {
        String expression = word.equals("BRACKETS") ? "(".repeat(20_000) + "a" + ")*".repeat(20_000) : word;

        assertThatThrownBy(() -> new Targets(List.of(expression)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("targets: ");
    }

    @Test
    void aLayerThatThisModelHasNotIsRefused() {
        Targets targets = new Targets(List.of("layers.5.mlp.up_proj"));
        assertThatThrownBy(() -> targets.modules(2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 layers");
        assertThat(targets.modules(6)).containsExactly("layers.5.mlp.up_proj");
    }

    @Test
    void modulesAreWrittenAsOneExpressionThatMeansThemAlone() {
        for (List<String> words : List.of(
                List.of("q_proj", "down_proj"),
                List.of("layers.0.self_attn.q_proj", "layers.2.self_attn.q_proj", "layers.1.mlp.up_proj"),
                List.of("all-linear"))) {
            List<String> modules = new Targets(words).modules(3);
            Pattern pattern = Pattern.compile("layers\\." + Targets.expression(modules, 3));
            assertThat(Targets.ALL.modules(3))
                    .filteredOn(module -> pattern.matcher(module).matches())
                    .isEqualTo(modules);
        }
    }

    private static List<String> of(String word) {
        return new Targets(List.of(word)).modules(2);
    }
}
