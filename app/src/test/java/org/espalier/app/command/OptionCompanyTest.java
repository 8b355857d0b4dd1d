package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.app.console.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An option that would be passed over is refused, before anything is read or written. */
class OptionCompanyTest {
    private final Typed espalier = new Typed();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --model m --trees t --out o --judge-votes=0 | --judge-votes has no effect without --verifier judge: add that, or leave --judge-votes out",
                "train --model m --trees t --out o --judge-votes 3 --verifier answer | --judge-votes has no effect without --verifier judge",
                "train --model m --trees t --out o --endpoints e.yaml | --endpoints has no effect without --verifier judge",
                "train --model m --trees t --out o --verifier answer | --verifier has no effect without --refresh",
                "explore --model m --data d --out o --judge-model x | --judge-model has no effect without --judge:",
                "explore --model m --data d --out o --judge x | --judge has no effect without --verifier judge",
                "explore --model m --data d --out o --store jdbc:postgresql://x/y | --store has no effect without --verifier judge",
                "explore --model m --data d --out o --endpoints e.yaml | --endpoints has no effect without --endpoint or --verifier judge: add one of them, or leave --endpoints out",
                "explore --model m --data d --out o --continue-by turn | --continue-by has no effect without --endpoint",
                "explore --model m --data d --out o --spark-home s | --spark-home has no effect without --on",
                "bench rsbench --model m --data d --out o --model-name x | --model-name has no effect without --endpoint",
                "bench rsbench --model m --data d --out o --judge-key-env x | --judge-key-env has no effect without --judge:",
                "bench rsbench --model m --data d --out o --batch | --batch has no effect without --endpoint or --judge or --endpoints",
                "bench rsbench --model m --data d --out o --jury | --jury is for safebench alone",
                "bench rsbench --model m --data d --out o --judge http://x/v1 --judge-model a --judge-model b | --judge-model is given 2 times, and of the judges 1 is an address",
                "ssui export run --out o --allow-licence | --allow-licence has no effect without --pairs",
                "ssui export run --out o --pairs trl --unreviewed | --unreviewed has no effect with --pairs: leave one of the two out",
                "greenhouse teach --trees t --out o --epochs 2 | --epochs has no effect without --model",
                "greenhouse world --out o --kilobytes 9 | --kilobytes has no effect without --pictures",
                "greenhouse world --out o --pictures 2 --size train=2 | --size has no effect with --pictures",
                "study --hours 2 --ask 8 | --hours has no effect with --ask",
                "setup --spark --dry-run | --dry-run has no effect without --cuda or --mkl",
            })
    void isRefusedInOneSentence(String words, String sentence) {
        assertThat(espalier.run(words)).isEqualTo(2);
        assertThat(espalier.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void whatTheEndpointsFileSaysOfAnEndpointIsNotSaidAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("endpoints.yaml"), "endpoints:\n  one: {base-url: http://127.0.0.1:1/v1, model: m}\n");
        assertThat(espalier.run("bench rsbench --data d --out o --endpoint one --model-name other --endpoints", file))
                .isEqualTo(2);
        assertThat(espalier.err()).contains("the endpoints file says of one which model it is");
    }

    /** A rule with a slip of the pen would never refuse anything. */
    @Test
    void everyRuleNamesOptionsThatThereAre() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine line = CommandLines.espalier(nowhere, nowhere, new Interruption());
        Set<String> ruled = new HashSet<>();
        Set<String> met = new HashSet<>();
        verbs(line)
                .forEach(verb -> verb.getCommandSpec().options().stream()
                        .filter(option -> option.userObject() instanceof AnnotatedElement)
                        .forEach(option -> others(option).forEach(other -> {
                            String rule = option.longestName() + " " + other;
                            ruled.add(rule);
                            if (verb.getCommandSpec().findOption(other.split(" ")[0]) != null) {
                                met.add(rule);
                            }
                        })));
        assertThat(met).isEqualTo(ruled).hasSizeGreaterThan(30);
    }

    private static Stream<String> others(OptionSpec option) {
        AnnotatedElement field = (AnnotatedElement) option.userObject();
        return Stream.concat(
                Stream.of(field.getAnnotationsByType(GoesWith.class)).flatMap(rule -> Stream.of(rule.value())),
                Stream.of(field.getAnnotationsByType(NotWith.class)).map(NotWith::value));
    }

    private static Stream<CommandLine> verbs(CommandLine line) {
        return Stream.concat(
                Stream.of(line),
                List.copyOf(line.getSubcommands().values()).stream().flatMap(OptionCompanyTest::verbs));
    }
}
