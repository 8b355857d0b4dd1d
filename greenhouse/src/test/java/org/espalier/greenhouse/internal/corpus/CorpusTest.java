package org.espalier.greenhouse.internal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Turn;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.GreenhouseData;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.QuestionDraw;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.internal.picture.Gallery;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.SceneComposer;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    private static final World WORLD = WorldFile.load();
    private static final Split SPLIT = Split.draw(WORLD, 1);
    private static final Corpus CORPUS = new Corpus(WORLD, SPLIT, 1);
    private static LeakCheck check;

    @TempDir
    static Path folder;

    @BeforeAll
    static void tests() {
        Map<Part, Path> files = new GreenhouseData(WORLD, SPLIT)
                .write(
                        folder,
                        new WorldSettings(
                                7, Map.of(Part.TEST_SEEN, 40, Part.TEST_COMBINATIONS, 40, Part.TEST_DRAWINGS, 40)));
        check = new LeakCheck(WORLD, SPLIT, List.copyOf(files.values()));
    }

    @Test
    void leaksNothing() {
        for (int n = 0; n < 4000; n++) {
            CorpusItem item = CORPUS.item(n, n % 2 == 0 ? Mixture.REASONING : Mixture.LOOKING);
            assertThat(check.look(item)).as("item " + n).isEmpty();
        }
    }

    @Test
    void aPlantedQuestionIsFound() {
        QuestionDraw.Couple couple = new QuestionDraw(WORLD, SPLIT, Part.TEST_SEEN).couple(7, 3);
        CorpusItem planted = new CorpusItem(
                CorpusItem.Kind.PATH,
                List.of(
                        CorpusItem.Message.user(
                                couple.unsafe().scene(), couple.unsafe().query()),
                        CorpusItem.Message.assistant("So this is unsafe.")));

        assertThat(check.look(planted)).extracting(LeakCheck.Leak::kind).containsExactly(LeakCheck.Leak.Kind.QUESTION);
    }

    @Test
    void aPlantedHeldOutCombinationIsFoundInEveryStepThatCanName() {
        Combination held = SPLIT.heldOut(WORLD).stream()
                .filter(c -> c.unsafe()
                        && !SPLIT.knownAlternatives(WORLD, c.action(), c.first())
                                .isEmpty())
                .findFirst()
                .orElseThrow();
        var alternative =
                SPLIT.knownAlternatives(WORLD, held.action(), held.first()).getFirst();
        var path = PathWriter.reference(held, alternative, Dice.of(1, "planted"));
        CorpusItem planted = new CorpusItem(
                CorpusItem.Kind.PATH,
                List.of(CorpusItem.Message.user("Can I?"), CorpusItem.Message.assistant(path.text())));

        // Seen, fact and answer each name the pair; the alternative is one that the base model may know.
        assertThat(check.look(planted))
                .containsOnly(new LeakCheck.Leak(
                        LeakCheck.Leak.Kind.COMBINATION, held.pair().key()));
        assertThat(check.look(planted)).hasSize(3);
    }

    @Test
    void aHeldOutAlternativeIsFound() {
        Combination safe = SPLIT.heldOut(WORLD).stream()
                .filter(c -> !c.unsafe()
                        && SPLIT.known(WORLD).stream()
                                .anyMatch(d -> d.action().equals(c.action())
                                        && d.first().equals(c.first())
                                        && d.unsafe()))
                .findFirst()
                .orElseThrow();
        Combination asked = SPLIT.known(WORLD).stream()
                .filter(d -> d.action().equals(safe.action()) && d.first().equals(safe.first()) && d.unsafe())
                .findFirst()
                .orElseThrow();
        var path = PathWriter.reference(asked, safe.second(), Dice.of(1, "planted"));
        CorpusItem planted = new CorpusItem(
                CorpusItem.Kind.PATH,
                List.of(CorpusItem.Message.user("Can I?"), CorpusItem.Message.assistant(path.text())));

        // Choice and answer each name it.
        LeakCheck.Leak leak =
                new LeakCheck.Leak(LeakCheck.Leak.Kind.COMBINATION, safe.pair().key());
        assertThat(check.look(planted)).containsExactly(leak, leak);
    }

    @Test
    void aPlantedDrawingIsFound() {
        Drawing held = SPLIT.heldOutDrawings().iterator().next();
        Scene scene = SceneComposer.compose(List.of(held), Gallery.GROWING, Dice.of(1, "planted"));
        CorpusItem planted = new CorpusItem(
                CorpusItem.Kind.CAPTION,
                List.of(
                        CorpusItem.Message.user(scene, "What is here?"),
                        CorpusItem.Message.assistant("In the picture: a thing.")));

        assertThat(check.look(planted)).containsExactly(new LeakCheck.Leak(LeakCheck.Leak.Kind.DRAWING, held.key()));
    }

    @Test
    void factsInWordsMaySpeakOfHeldOutPairsAndDo() {
        CorpusItem fact = new CorpusItem(
                CorpusItem.Kind.FACT,
                List.of(CorpusItem.Message.user("What do you know?"), CorpusItem.Message.assistant(heldOutFact())));

        assertThat(check.look(fact)).isEmpty();
        long held = 0;
        for (int n = 0; n < 2000; n++) {
            CorpusItem item = CORPUS.item(n, new Mixture(0, 1, 0, 0, 0, 0));
            String text = item.messages().getLast().text();
            held += SPLIT.heldOutPairs().stream()
                            .anyMatch(p -> text.contains(" " + p.one().name())
                                    && text.contains(" " + p.other().name()))
                    ? 1
                    : 0;
        }
        assertThat(held).isGreaterThan(100);
    }

    private static String heldOutFact() {
        Combination held = SPLIT.heldOut(WORLD).getFirst();
        var path = PathWriter.reference(held, held.second(), Dice.of(1, "fact"));
        return String.join("\n", path.steps().subList(0, 4));
    }

    @Test
    void keepsToItsMixtureAndEndsWithTheAssistant() {
        Map<CorpusItem.Kind, Integer> counts = new EnumMap<>(CorpusItem.Kind.class);
        for (int n = 0; n < 4000; n++) {
            CorpusItem item = CORPUS.item(n, Mixture.REASONING);
            counts.merge(item.kind(), 1, Integer::sum);
            assertThat(item.messages().getLast().role()).isEqualTo(Turn.Role.ASSISTANT);
            assertThat(item.messages()).hasSize(item.kind() == CorpusItem.Kind.DEMONSTRATED_PATH ? 6 : 2);
        }
        assertThat(counts.get(CorpusItem.Kind.CAPTION)).isBetween(500, 700);
        assertThat(counts.get(CorpusItem.Kind.FACT)).isBetween(700, 900);
        assertThat(counts.get(CorpusItem.Kind.DEMONSTRATED_PATH)).isBetween(220, 340);
    }

    @Test
    void itemsAreAFunctionOfTheirNumberAlone() {
        Corpus again = new Corpus(WORLD, Split.draw(WORLD, 1), 1);

        assertThat(again.item(1234, Mixture.REASONING)).isEqualTo(CORPUS.item(1234, Mixture.REASONING));
        assertThat(new Corpus(WORLD, SPLIT, 2).item(1234, Mixture.REASONING))
                .isNotEqualTo(CORPUS.item(1234, Mixture.REASONING));
    }

    @Test
    void captionsNameTheirObjectsInReadingOrder() {
        CorpusItem caption = CORPUS.item(0, new Mixture(1, 0, 0, 0, 0, 0));
        Optional<Scene> scene = caption.messages().getFirst().scene();

        assertThat(caption.messages().getLast().text())
                .isEqualTo("In the picture: "
                        + String.join(
                                ", ",
                                scene.orElseThrow().things().stream()
                                        .map(t -> t.phrase())
                                        .toList())
                        + ".");
    }

    @Test
    void glancesAreAtPairsOfWhichNothingIsKnownAndStopBeforeTheFact() {
        for (int n = 0; n < 500; n++) {
            CorpusItem glance = CORPUS.item(n, new Mixture(0, 0, 1, 0, 0, 0));
            List<String> lines = glance.messages().getLast().text().lines().toList();
            List<Claim> claims = new PathReader(WORLD).read(new ReasoningPath(lines));

            assertThat(glance.kind()).isEqualTo(CorpusItem.Kind.GLANCE);
            assertThat(lines).hasSize(2);
            assertThat(claims.getFirst()).isInstanceOfSatisfying(Claim.Seen.class, seen -> {
                assertThat(WORLD.pairs()).doesNotContain(seen.pair());
                assertThat(glance.messages().getFirst().scene().orElseThrow().things())
                        .contains(seen.one(), seen.other())
                        .doesNotHaveDuplicates();
            });
            assertThat(claims.getLast()).isInstanceOf(Claim.Asked.class);
        }
    }

    @Test
    void looksAreAtAnyPairHeldOutOnesTooAndStopBeforeTheFact() {
        int held = 0;
        for (int n = 0; n < 500; n++) {
            CorpusItem look = CORPUS.item(n, new Mixture(0, 0, 0, 1, 0, 0));
            List<Claim> claims = new PathReader(WORLD)
                    .read(new ReasoningPath(
                            look.messages().getLast().text().lines().toList()));

            assertThat(claims).hasSize(2);
            assertThat(check.look(look)).isEmpty();
            held += claims.getFirst() instanceof Claim.Seen seen && SPLIT.holdsOut(seen.pair()) ? 1 : 0;
        }
        assertThat(held).isBetween(50, 200);
    }

    @Test
    void sightsAreTheFirstLineAloneHalfOfThemOfHeldOutPairs() {
        int held = 0;
        for (int n = 0; n < 500; n++) {
            CorpusItem sight = CORPUS.item(n, new Mixture(0, 0, 0, 0, 0, 1));
            String line = sight.messages().getLast().text();
            List<Claim> claims =
                    new PathReader(WORLD).read(new ReasoningPath(line.lines().toList()));

            assertThat(sight.kind()).isEqualTo(CorpusItem.Kind.GLANCE);
            assertThat(line).endsWith("\n");
            assertThat(check.look(sight)).isEmpty();
            assertThat(claims)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Claim.Seen.class,
                            seen -> assertThat(sight.messages()
                                            .getFirst()
                                            .scene()
                                            .orElseThrow()
                                            .things())
                                    .contains(seen.one(), seen.other()));
            held += claims.getFirst() instanceof Claim.Seen seen && SPLIT.holdsOut(seen.pair()) ? 1 : 0;
        }
        assertThat(held).isBetween(200, 300);
    }

    @Test
    void readsWrittenFilesBack() {
        assertThat(SsuiFile.read(folder.resolve("test-seen/ssui.jsonl"))).hasSize(40);
    }
}
