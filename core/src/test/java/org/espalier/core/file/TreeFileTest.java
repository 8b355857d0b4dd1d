package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.ContrastivePair;
import org.espalier.core.Cut;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Risk;
import org.espalier.core.Verifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TreeFileTest {
    @TempDir
    Path folder;

    private static Branch branch(int shared, int sample, boolean correct) {
        Cut cut = shared == 0 ? Cut.START : new Cut(2, 3);
        int token = 10 * shared + sample;
        return new Branch(
                shared,
                cut,
                sample,
                new Continuation("x" + token, List.of(token, 99), List.of(-0.1, -2.5e-7), Continuation.End.FINISHED),
                List.of("x" + token),
                correct ? Verdict.CORRECT : Verdict.wrong("no"));
    }

    /** A trunk "a\nb\nc" of tokens 1..6, two points, both verdicts at each. */
    static PathTree tree() {
        Continuation path = new Continuation(
                "a\nbc\nd",
                List.of(1, 2, 3, 4, 5, 6),
                List.of(-1., -2., -3., -4., -5., -6.),
                Continuation.End.FINISHED);
        return new PathTree(
                "q \"1\"",
                "images/a.png",
                "May I?\n",
                "no",
                Optional.of(Risk.UNSAFE),
                List.of("d1", "d2"),
                true,
                List.of("r1", "r2"),
                Optional.of(new PathTree.Trunk(OptionalInt.of(1), path, List.of("a", "bc", "d"))),
                List.of(
                        new PathTree.Attempt(
                                0,
                                new Continuation("", List.of(7), List.of(), Continuation.End.LENGTH),
                                List.of(),
                                Verdict.none("cut off")),
                        new PathTree.Attempt(1, path, List.of("a", "bc", "d"), Verdict.CORRECT)),
                List.of(
                        branch(0, 0, false),
                        branch(0, 1, false),
                        branch(0, 2, true),
                        branch(1, Branch.TRUNK, true),
                        branch(1, 0, true),
                        branch(1, 1, false)),
                new PathTree.Outcome(PathTree.Outcome.Kind.PAIRED, ""),
                new PathTree.Origin("m", "t", "a", Long.MIN_VALUE, 0.5));
    }

    private static PathTree bare() {
        return new PathTree(
                "q2",
                "a.png",
                "q",
                "no",
                Optional.empty(),
                List.of(),
                false,
                List.of("r"),
                Optional.empty(),
                List.of(),
                List.of(),
                new PathTree.Outcome(PathTree.Outcome.Kind.NO_TRUNK, "never correct"),
                new PathTree.Origin("m", "", "", 1, 0));
    }

    @Test
    void readsWhatItWrote() {
        Path file = folder.resolve("trees.jsonl");
        TreeFile.write(file, List.of(tree(), bare()));
        assertThat(TreeFile.read(file)).containsExactly(tree(), bare());
    }

    @Test
    void pairsTheFirstFavorableWithTheFirstUnfavorableBranchOfAStep() {
        List<ContrastivePair> pairs = tree().pairs();
        assertThat(pairs).extracting(ContrastivePair::sharedSteps).containsExactly(0, 1);
        assertThat(pairs).extracting(p -> p.favorable().sample()).containsExactly(2, Branch.TRUNK);
        assertThat(pairs).extracting(p -> p.unfavorable().sample()).containsExactly(0, 1);
    }

    @Test
    void pairsEachFavorableWithEachUnfavorableBranchWhereAllAreWanted() {
        assertThat(tree().pairs(Integer.MAX_VALUE))
                .extracting(p -> List.of(p.favorable().sample(), p.unfavorable().sample()))
                .containsExactly(List.of(2, 0), List.of(2, 1), List.of(-1, 1), List.of(0, 1));
    }

    @Test
    void putsABranchBehindItsPartOfTheTrunk() {
        List<PathTree.WholePath> paths = tree().paths();
        assertThat(paths).hasSize(7);
        PathTree.WholePath last = paths.getLast();
        assertThat(last.text()).isEqualTo("a\nbx11");
        assertThat(last.steps()).containsExactly("a", "x11");
        assertThat(last.tokens()).containsExactly(1, 2, 11, 99);
        assertThat(last.verdict().correct()).isFalse();
        assertThat(paths.get(1).verdict().correct()).isTrue();
    }

    @Test
    void findsThePictureAgainAndOnlyBelowTheData() throws IOException {
        Path data = folder.resolve("ssui.jsonl");
        assertThatThrownBy(() -> TreeFile.question(tree(), data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the tree of question q \"1\": there is no picture");
        Files.createDirectories(folder.resolve("images"));
        Path picture = Files.writeString(folder.resolve("images/a.png"), "");
        assertThat(TreeFile.question(tree(), data).image()).isEqualTo(picture);
    }

    @Test
    void namesLineAndFieldOfWhatIsWrong() throws IOException {
        Path file = folder.resolve("trees.jsonl");
        String line = TreeFile.line(tree());
        Files.writeString(
                file,
                line + "\n" + line.replace("q \\\"1\\\"", "q3").replace("\"chars\":3", "\"chars\":30") + "\n"
                        + line.replace("\"end\":\"length\"", "\"end\":\"bored\"") + "\n");
        assertThatThrownBy(() -> TreeFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, field \"branches[3].cut.chars\": lies outside the trunk's text")
                .hasMessageContaining("line 3, field \"attempts[0].end\": is \"bored\"")
                .hasMessageContaining("line 3, field \"id\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cut\":{\"tokens\":2,\"chars\":3} | \"cut\":{\"tokens\":1,\"chars\":0} | branches[3].cut.chars\": is 0, but 1 shared steps end between 1 and 3",
                "\"cut\":{\"tokens\":2,\"chars\":3} | \"cut\":{\"tokens\":0,\"chars\":3} | branches[3].cut.tokens\": is 0 where 3 characters are shared",
                "\"cut\":{\"tokens\":0,\"chars\":0} | \"cut\":{\"tokens\":1,\"chars\":1} | branches[0].cut.chars\": is 1, but 0 shared steps end between 0 and 0",
                "\"shared_steps\":1 | \"shared_steps\":0 | branches[3].",
                "\"shared_steps\":1 | \"shared_steps\":3 | branches[3].shared_steps\": is 3",
                "\"shared_steps\":1 | \"shared_steps\":2 | branches[3].cut.chars\": is 3, but 2 shared steps end between 4 and 5",
                "\"reference\":[\"r1\",\"r2\"] | \"reference\":[] | reference\": is empty",
                "\"reference\":[\"r1\",\"r2\"] | \"reference\":[\"\",\" \"] | reference[0]\": is empty",
                "\"query\":\"May I?\\n\" | \"query\":\"\" | query\": is empty",
                "-0.1 | 1e999 | not one of a list of finite numbers",
                "\"steps\":[\"x10\"] | \"steps\":[\"other\"] | does not stand on the text",
                "\"source\":\"sampled\",\"sample\":1 | \"source\":\"sampled\",\"sample\":0 | trunk.sample\": is 0, but no attempt",
                "\"outcome\":\"paired\" | \"outcome\":\"no-pair\" | outcome\": is \"no-pair\", but the branches make it \"paired\"",
                "\"tokens\":[10,99] | \"tokens\":[-10,99] | holds a number below 0",
            })
    void refusesATreeThatContradictsItself(String right, String wrong, String sentence) throws IOException {
        Path file = folder.resolve("trees.jsonl");
        String line = TreeFile.line(tree());
        assertThat(line).contains(right);
        Files.writeString(file, line.replace(right, wrong) + "\n");
        assertThatThrownBy(() -> TreeFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/attempts/0/sample | 1 | attempts[0].sample\": is 1 where attempt 0 is expected",
                "/branches/0/sample | -5 | branches[0].sample\": is -5 a second time, or below",
                "/branches/3/cut/tokens | 99 | branches[3].cut.tokens\": lies outside the trunk's tokens",
                "/trunk | null | trunk\": is missing though there are branches",
                "/trunk/source | \"guessed\" | is \"guessed\": \"sampled\" and \"reference\" are known",
                "/attempts/0/logprobs_given_demonstrations | [-0.1, -0.2, -0.3, -0.4, -0.5, -0.6, -0.7] | has 7 values for",
            })
    void refusesATreeWithAValueThatCannotBe(String path, String value, String sentence) throws IOException {
        Path file = folder.resolve("trees.jsonl");
        ObjectNode line = (ObjectNode) Json.parse(TreeFile.line(tree()));
        JsonPointer place = JsonPointer.compile(path);
        JsonNode holder = line.at(place.head());
        ((ObjectNode) holder).set(place.last().getMatchingProperty(), Json.parse(value));
        Files.writeString(file, Json.line(line) + "\n");
        assertThatThrownBy(() -> TreeFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining(sentence);
    }
}
