package org.espalier.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.InputException;
import org.espalier.core.settings.Resolved;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.settings.Settings;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.train.TrainSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipesTest {
    @TempDir
    private Path folder;

    @Test
    void letsAFlagWinOverTheFileAndTheFileOverThePreset() throws IOException {
        Path recipe = recipe("srpo:\n  lambda: 0.1\ntrain:\n  batch: 4\n");

        Resolved<TrainSettings> train =
                Recipes.read(Optional.of(recipe), Map.of("lambda", "0.7")).train();

        assertThat(train.settings().objective()).isEqualTo(Settings.with(Srpo.PAPER, "lambda", 0.7));
        assertThat(train.settings().batch()).isEqualTo(4);
        assertThat(train.settings().lora().rank()).isEqualTo(8);
        assertThat(train.origins().get("lambda")).isEqualTo(new Resolved.Origin(0.7, "flag --lambda"));
        assertThat(train.origins().get("batch")).isEqualTo(new Resolved.Origin(4, "recipe " + recipe + ":4"));
        assertThat(train.origins().get("rank")).isEqualTo(new Resolved.Origin(8, "preset paper"));
    }

    @Test
    void overlaysAMethodsOwnSettings() throws IOException {
        Path recipe =
                recipe("train:\n  learning-rate: 2e-3\ndpo:\n  learning-rate: 3e-4\n  beta: 0.2\n  all-pairs: true\n");
        Recipes recipes = Recipes.read(Optional.of(recipe), Map.of());

        assertThat(rate(recipes.train("srpo"))).isEqualTo(2e-3);
        assertThat(rate(recipes.train("dpo"))).isEqualTo(3e-4);
        assertThat(recipes.train("dpo").settings().objective()).isEqualTo(new Dpo(0.2, true));
        assertThat(recipes.train("orpo").settings().objective()).isEqualTo(Orpo.PAPER);
        Recipes named = Recipes.read(Optional.of(recipe), Map.of("method", "dpo"));
        assertThat(rate(named.train())).isEqualTo(3e-4);
        assertThat(named.train().origins().get("method")).isEqualTo(new Resolved.Origin("dpo", "flag --method"));
        assertThat(named.train().origins().get("dpo-beta"))
                .isEqualTo(new Resolved.Origin(0.2, "recipe " + recipe + ":5"));
        assertThat(named.train().origins()).doesNotContainKeys("lambda", "orpo-weight", "sft-on");
    }

    private static double rate(Resolved<TrainSettings> train) {
        return train.settings().learningRate().learningRate();
    }

    @Test
    void takesAFlagForEveryMethodThatHasIt() {
        Map<String, String> flags = Map.of("all-pairs", "true", "dpo-beta", "0.3");

        assertThat(Recipes.read(Optional.empty(), flags).train("dpo").settings().objective())
                .isEqualTo(new Dpo(0.3, true));
        assertThat(Recipes.read(Optional.empty(), flags)
                        .train("orpo")
                        .settings()
                        .objective())
                .isEqualTo(new Orpo(0.1, true));
    }

    @Test
    void refusesAFlagOfAnotherMethodThanTheOneThatTrains() {
        Recipes recipes = Recipes.read(Optional.empty(), Map.of("method", "sft", "lambda", "0.5", "seed", "3"));

        assertThatThrownBy(recipes::train)
                .isInstanceOf(InputException.class)
                .hasMessage("flag --lambda: is a setting of srpo, and the method is sft: leave it out");
    }

    @Test
    void flagsMeanOneThingEach() {
        for (List<Section> verb : List.of(
                List.of(Section.RUN, Section.EXPLORE),
                List.of(Section.RUN, Section.TRAIN, Section.EXPLORE),
                List.of(Section.RUN, Section.BENCH))) {
            assertThat(verb.stream()
                            .flatMap(section -> section.flags().stream())
                            .map(Section.Flag::name))
                    .doesNotHaveDuplicates();
        }
        // Where two methods share a flag, it is the same setting.
        Map<String, String> help = new HashMap<>();
        Section.ALL.stream()
                .filter(section -> !List.of("bench", "explore").contains(section.label()))
                .flatMap(section -> section.keys().stream())
                .forEach(key -> assertThat(help.computeIfAbsent(key.flag(), _ -> key.help()))
                        .isEqualTo(key.help()));
        // Below a method a name is either the objective's or training's.
        Section.ALL.forEach(section ->
                assertThat(section.accepted()).extracting(SettingKey::name).doesNotHaveDuplicates());
    }

    @Test
    void explainsEverySettingWithThePapersValue() {
        assertThat(Section.TRAIN.flags())
                .contains(
                        new Section.Flag("lambda", "DOUBLE", "Weight of the alignment term (Eq. 9). (paper: 0.3)"),
                        new Section.Flag("learning-rate", "DOUBLE", "Highest learning rate. (paper: 5e-5)"),
                        new Section.Flag("epsilon", "DOUBLE", "AdamW's epsilon. (paper: 1e-8)"),
                        new Section.Flag("rank", "INT", "Rank of the adapter. (paper: 8)"),
                        new Section.Flag(
                                "schedule",
                                "cosine|linear|constant",
                                "How the learning rate goes down. (paper: cosine)"),
                        new Section.Flag(
                                "sft-on", "reference|answer-only", "What SFT is trained on. (paper: reference)"))
                .anySatisfy(flag -> assertThat(flag.placeholder()).isEqualTo("srpo|sft|dpo|orpo|advantage"))
                .anySatisfy(flag -> assertThat(flag.help()).endsWith("(paper: language-model)"));
    }

    @Test
    void startsFromThePapersSettings() {
        Recipes paper = Recipes.read(Optional.empty(), Map.of());

        assertThat(paper.train().settings()).isEqualTo(TrainSettings.PAPER);
        assertThat(paper.explore().settings()).isEqualTo(ExploreSettings.PAPER);
        assertThat(paper.bench().settings()).isEqualTo(BenchSettings.PAPER);
        assertThat(paper.seed()).isZero();
    }

    @Test
    void refusesUnknownNamesWithTheirLineAndASuggestion() throws IOException {
        Path recipe = recipe("train:\n  lamda: 0.3\n");

        assertThatThrownBy(() -> Recipes.read(Optional.of(recipe), Map.of()).train())
                .isInstanceOf(InputException.class)
                .hasMessage(recipe + ":2: 'lamda' is not a setting of 'train'; did you mean lambda, below 'srpo'");
    }

    @Test
    void tellsEveryProblemAtOnce() throws IOException {
        Path recipe = recipe("""
                preset: papr
                trian:
                  rank: 8
                explore:
                  temperature: hot
                  max-tokens: 1.5
                  branch-from: trunc
                train:
                  batch: 0
                  batch: 3
                """);

        assertThatThrownBy(() ->
                        Recipes.read(Optional.of(recipe), Map.of("k", "0")).train())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("8 settings are wrong:")
                .hasMessageContaining("'papr' is not a preset: take one of paper, rpo; did you mean paper")
                .hasMessageContaining(":2: 'trian' is not a part of a recipe; did you mean train")
                .hasMessageContaining(":5: 'temperature' is a number, not 'hot'")
                .hasMessageContaining(":6: 'max-tokens' is a whole number, not '1.5'")
                .hasMessageContaining(
                        "'branch-from' is one of trunk, reference, trunk-else-reference, not 'trunc'; did you mean trunk")
                .hasMessageContaining(":9: 'batch' is at least 1 and at most 1048576, not 0")
                .hasMessageContaining(":10: 'batch' stands here a second time")
                .hasMessageContaining("flag --k: 'k' is more than 0, not 0");
    }

    @Test
    void readsOnlyTheFirstOfWhatStandsTwiceAndSaysSo() throws IOException {
        Path recipe = recipe("preset: rpo\ntrain:\n  rank: 4\npreset: paper\ntrain:\n  batch: 4\nseed: 1\nseed: 2\n");

        assertThatThrownBy(() -> Recipes.read(Optional.of(recipe), Map.of()).train())
                .hasMessageContaining(":4: 'preset' stands here a second time")
                .hasMessageContaining(":5: 'train' stands here a second time")
                .hasMessageContaining(":8: 'seed' stands here a second time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "temperature: 0.5 | 'temperature' is not a part of a recipe; it stands below 'explore' or 'bench'",
                "temprature: 0.5 | ; did you mean temperature, below 'explore' or 'bench'",
                "learning-rat: 1 | ; did you mean learning-rate, below 'train'",
                "trian: {} | ; did you mean train, at the top of a recipe",
                "explore: {seed: 3} | 'seed' is not a setting of 'explore'; it stands at the top of a recipe",
                "dpo: {lambda: 3} | 'lambda' is not a setting of 'dpo'; it stands below 'srpo'",
                "train: {dpo-beta: 3} | 'dpo-beta' is not a setting of 'train'; it is 'beta' below 'dpo'",
                "train: {all-pairs: true} | 'all-pairs' is not a setting of 'train'; it stands below 'dpo' or 'orpo'",
                "orpo: {method: dpo} | 'method' is not a setting of 'orpo'; it stands below 'train'",
                "train: {targets: [q_prj]} | targets: 'q_prj' names no linear module",
                "train: {dropout: 0.1} | 'dropout' is 0, not 0.1",
                "dpo: {trunk-attempts: 3} | 'trunk-attempts' is not a setting of 'dpo'; it stands below 'explore'",
                "preset: [] | 'preset' takes one name, not a list of 0",
                "train: {method: []} | 'method' takes a value, and there is none",
                "--- {} --- | is not YAML: a second document begins here",
                "[a]: b | is not YAML: a list or a table stands where a name is needed",
            })
    void saysInOneSentenceWhatIsWrong(String text, String sentence) throws IOException {
        Path recipe = recipe(text.replace("--- ", "---\n").replace(" ---", "\n---\n"));

        assertThatThrownBy(() -> Recipes.read(Optional.of(recipe), Map.of()).train())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesListsThatStandTooDeepInOneAnother() throws IOException {
        Path recipe = recipe("train: " + "[".repeat(20_000));

        assertThatThrownBy(() -> Recipes.read(Optional.of(recipe), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("stand too deep in one another");
    }

    @Test
    void takesAFlagsWordsApartAtCommasThatAreNoPartOfAnExpression() {
        assertThat(targets("q_proj,v_proj")).containsExactly("q_proj", "v_proj");
        assertThat(targets(".*\\.(q|k)_proj{1,2},v_proj")).containsExactly(".*\\.(q|k)_proj{1,2}", "v_proj");
        assertThatThrownBy(() ->
                        Recipes.read(Optional.empty(), Map.of("method", ",")).train())
                .isInstanceOf(InputException.class)
                .hasMessage("flag --method: 'method' takes a value, and there is none");
    }

    private static List<String> targets(String flag) {
        return Recipes.read(Optional.empty(), Map.of("targets", flag))
                .train()
                .settings()
                .lora()
                .targets();
    }

    @Test
    void namesTheLineWhereTheFileIsNotYaml() throws IOException {
        Path recipe = recipe("train:\n  rank: [8\nexplore: 1\n");

        assertThatThrownBy(() -> Recipes.read(Optional.of(recipe), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(recipe + ":3 is not YAML: ");
    }

    @Test
    void readsAnEmptyFileAsThePresetAlone() throws IOException {
        assertThat(Recipes.read(Optional.of(recipe("")), Map.of()).train().settings())
                .isEqualTo(Recipes.read(Optional.empty(), Map.of()).train().settings());
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> Recipes.read(Optional.of(folder.resolve("no.yaml")), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no file " + folder.resolve("no.yaml"));
    }

    private Path recipe(String text) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), text);
    }
}
