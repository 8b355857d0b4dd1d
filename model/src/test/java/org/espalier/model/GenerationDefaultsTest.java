package org.espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationDefaultsTest {
    @Test
    void readsWhatTheMakersWant(@TempDir Path other) throws Exception {
        assertThat(GenerationDefaults.read(other)).isEqualTo(GenerationDefaults.GREEDY);
        Path file = other.resolve("generation_config.json");
        Files.writeString(file, """
                {"do_sample": true, "temperature": 0.1, "top_p": 0.9, "eos_token_id": [348, 346],
                 "repetition_penalty": 1.05}
                """);
        GenerationDefaults defaults = GenerationDefaults.read(other);
        assertThat(defaults.endTokens()).containsExactlyInAnyOrder(346, 348);
        assertThat(defaults.repetitionPenalty()).isEqualTo(1.05);
        assertThat(defaults.sampling(9, List.of("x"), 3))
                .isEqualTo(new Sampling(0.1, 0.9, 50, 1.05, 0, 9, List.of("x"), 3));
        Files.writeString(file, "{\"do_sample\": false, \"temperature\": 0.1}");
        assertThat(GenerationDefaults.read(other).temperature()).isZero();
        Files.writeString(file, "{\"do_sample\": true, \"temperature\": null, \"top_k\": null}");
        assertThat(GenerationDefaults.read(other))
                .isEqualTo(new GenerationDefaults(1, 1, 0, 1, 0, Set.of(), List.of()));
    }

    @Test
    void aLinkThatLeadsNowhereIsNotAFileThatIsMissing(@TempDir Path other) throws Exception {
        Path file = other.resolve("generation_config.json");
        Files.createSymbolicLink(file, file);

        assertThatThrownBy(() -> GenerationDefaults.read(other))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("generation_config.json; take the one of the checkpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"do_sample\": true, \"top_p\": 7} | top-p 7.0",
                "{\"do_sample\": true, \"temperature\": \"hot\"} | temperature is \"hot\", not a number",
                "{\"do_sample\": \"yes\"} | do_sample is \"yes\"",
                "{\"do_sample\": true, \"top_k\": 2.5} | top_k is 2.5, not a whole number",
                "{\"repetition_penalty\": 0} | repetition penalty 0.0",
                "{\"do_sample\": true, \"min_p\": 1.5} | min-p 1.5",
                "{\"eos_token_id\": [1, -3]} | eos_token_id is [1,-3]",
                "[] | is not a JSON object",
                "{\"do_sample\": tr | is not JSON",
            })
    void refusesAGenerationConfigThatIsBroken(String text, String sentence, @TempDir Path other) throws Exception {
        Files.writeString(other.resolve("generation_config.json"), text);

        assertThatThrownBy(() -> GenerationDefaults.read(other))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("generation_config.json")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"num_beams\": 4 | num_beams 4",
                "\"penalty_alpha\": 0.6 | penalty_alpha 0.6",
                "\"no_repeat_ngram_size\": 3 | no_repeat_ngram_size 3",
                "\"do_sample\": true, \"typical_p\": 0.9 | typical_p 0.9",
                "\"do_sample\": true, \"eta_cutoff\": 0.001 | eta_cutoff 0.001",
                "\"bad_words_ids\": [[1, 2]] | bad_words_ids",
                "\"suppress_tokens\": [7], \"num_beams\": 2 | num_beams 2, suppress_tokens",
                "\"stop_strings\": \"END\" | stop_strings \"END\"",
                "\"min_new_tokens\": 5 | min_new_tokens 5",
            })
    void refusesToCallByTheMakersNameWhatItDoesNotCompute(String fields, String named, @TempDir Path other)
            throws Exception {
        Files.writeString(other.resolve("generation_config.json"), "{" + fields + "}");
        GenerationDefaults defaults = GenerationDefaults.read(other);
        assertThatThrownBy(() -> defaults.sampling(9, List.of(), 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("wants " + named + ", which is not computed here")
                .hasMessageContaining("--decoding greedy");
    }

    @Test
    void whatIsNeutralOrChangesNoAnswerIsNotRefused(@TempDir Path other) throws Exception {
        Path file = other.resolve("generation_config.json");
        Files.writeString(file, """
                {"do_sample": true, "min_p": 0.05, "top_k": 0, "num_beams": 1, "num_beam_groups": null, "typical_p": 1.0,
                 "penalty_alpha": 0, "no_repeat_ngram_size": 0, "bad_words_ids": [], "suppress_tokens": null,
                 "length_penalty": 2.0, "early_stopping": true, "max_new_tokens": 2048, "use_cache": false,
                 "pad_token_id": 3, "transformers_version": "4.49.0"}
                """);
        assertThat(GenerationDefaults.read(other).sampling(9, List.of(), 3))
                .isEqualTo(new Sampling(1, 1, 0, 1, 0.05, 9, List.of(), 3));
        // Greedily nothing is drawn, so that settings of draws say nothing.
        Files.writeString(file, "{\"do_sample\": false, \"typical_p\": 0.2, \"min_p\": 0.05, \"top_p\": 0.01}");
        assertThat(GenerationDefaults.read(other).sampling(9, List.of(), 3)).isEqualTo(Sampling.at(0, 9, 3));
    }
}
