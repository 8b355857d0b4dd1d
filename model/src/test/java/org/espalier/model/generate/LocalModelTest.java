package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.ChatModel;
import org.espalier.core.Continuation;
import org.espalier.core.Continuation.End;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.Turn.Role;
import org.espalier.core.UnusableModelException;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Deltas;
import org.espalier.tensor.Device;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelTest {
    private static final Sampling DRAWN = Sampling.at(1, 24, 5);
    private static final Path FIRST = SmallCheckpoint.ORACLE.resolve("image_0.png");
    private static final Path SECOND = SmallCheckpoint.ORACLE.resolve("image_1.png");

    @TempDir
    private static Path folder;

    private static LocalModel model;

    @BeforeAll
    static void open() {
        SmallCheckpoint.write(folder);
        model = LocalModel.open(folder, Optional.empty(), Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void neverDrawsWhatATextCannotHold() {
        Tokenizer tokenizer = model.loaded().tokenizer();
        Set<Integer> textless = tokenizer
                .withoutText(model.loaded().config().text().vocabulary())
                .boxed()
                .collect(Collectors.toSet());
        assertThat(textless).contains(tokenizer.id("<|image_pad|>"), SmallCheckpoint.END);

        List<Continuation> drawn = model.sample(
                        List.of(request("q", asked(FIRST), Stem.EMPTY, wholes(40))), Sampling.at(3, 24, 5))
                .getFirst();

        assertThat(drawn.stream().flatMap(one -> one.tokens().stream()).filter(textless::contains))
                .isSubsetOf(SmallCheckpoint.END);
    }

    @Test
    void drawsDifferWithTheSampleAndRepeatWithTheSeed() {
        Sampler.Request request = request("q", asked(FIRST), Stem.EMPTY, wholes(6));

        List<Continuation> drawn = model.sample(List.of(request), DRAWN).getFirst();

        assertThat(drawn).hasSize(6).doesNotHaveDuplicates();
        assertThat(model.sample(List.of(request), DRAWN).getFirst()).isEqualTo(drawn);
        assertThat(model.sample(List.of(request), Sampling.at(1, 24, 6)).getFirst())
                .doesNotContainAnyElementsOf(drawn);
        for (Continuation one : drawn) {
            assertThat(one.logprobs()).hasSameSizeAs(one.tokens());
            assertThat(one.end()).isIn(End.FINISHED, End.LENGTH);
            assertThat(one.end() == End.FINISHED).isEqualTo(one.tokens().getLast() == SmallCheckpoint.END);
        }
    }

    @Test
    void whatIsDrawnDoesNotDependOnTheBatch() {
        List<Turn> shown = List.of(
                Turn.user(new org.espalier.core.Question("d", SECOND, "Is the knife safe?")),
                Turn.assistant("The child is not safe."),
                asked(FIRST).getFirst());
        List<Sampler.Request> requests = List.of(
                request("a", asked(FIRST), Stem.EMPTY, wholes(3)),
                request("b", shown, Stem.EMPTY, wholes(9)),
                request("c", List.of(new Turn(Role.USER, List.of(), "Cut the bread")), Stem.EMPTY, wholes(2)));

        List<List<Continuation>> together = model.sample(requests, DRAWN);

        try (LocalModel narrow = new LocalModel(model.loaded(), Deltas.NONE, 2)) {
            List<List<Continuation>> two = narrow.sample(requests, DRAWN);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(two.get(i)).hasSameSizeAs(requests.get(i).draws());
                for (int j = 0; j < two.get(i).size(); j++) {
                    same(two.get(i).get(j), together.get(i).get(j));
                }
            }
        }
    }

    /** Prompts of other lengths, pictures of other sizes, a stem, an adapter: what is drawn stays what is drawn alone. */
    @Test
    void anotherFamilyDrawsInABatchWhatItDrawsAlone(@TempDir Path other) {
        SmallCheckpoint.llava(other);
        Path wide = SmallCheckpoint.LLAVA.resolve("image_0.png");
        Path tall = SmallCheckpoint.LLAVA.resolve("image_1.png");
        try (LocalModel llava =
                LocalModel.open(other, Optional.of(SmallCheckpoint.LLAVA.resolve("adapter")), Device.CPU)) {
            Stem stem = new Stem("The knife", llava.tokens("The knife"));
            List<Sampler.Request> requests = List.of(
                    request("a", asked(wide), Stem.EMPTY, wholes(3)),
                    request("b", List.of(new Turn(Role.USER, List.of(tall, wide), "Compare")), stem, wholes(4)),
                    request("c", List.of(new Turn(Role.USER, List.of(), "Cut the bread")), Stem.EMPTY, wholes(2)));

            List<List<Continuation>> together = llava.sample(requests, DRAWN);

            assertThat(together.getFirst()).doesNotHaveDuplicates();
            for (int i = 0; i < requests.size(); i++) {
                List<Continuation> alone =
                        llava.sample(List.of(requests.get(i)), DRAWN).getFirst();
                for (int j = 0; j < alone.size(); j++) {
                    same(alone.get(j), together.get(i).get(j));
                }
            }
        }
    }

    @Test
    void goesOnFromCutsOfItsOwnText() {
        Continuation trunk = model.sample(List.of(request("q", asked(FIRST), Stem.EMPTY, wholes(1))), DRAWN)
                .getFirst()
                .getFirst();
        List<Integer> chars = IntStream.of(trunk.text().length(), trunk.text().length() / 2, 1)
                .boxed()
                .toList();
        List<Cut> cuts = model.cuts(trunk, chars);
        Stem stem = new Stem(trunk.text(), trunk.tokens());

        List<Continuation> drawn = model.sample(
                        List.of(request(
                                "q",
                                asked(FIRST),
                                stem,
                                cuts.stream()
                                        .map(cut -> new Draw(cut, 2, cut.chars()))
                                        .toList())),
                        DRAWN)
                .getFirst();

        for (int i = 0; i < cuts.size(); i++) {
            assertThat(cuts.get(i).chars()).isGreaterThanOrEqualTo(chars.get(i));
            Stem alone = new Stem("", trunk.tokens().subList(0, cuts.get(i).tokens()));
            Draw draw =
                    new Draw(new Cut(cuts.get(i).tokens(), 0), 2, cuts.get(i).chars());
            same(
                    model.sample(List.of(request("q", asked(FIRST), alone, List.of(draw))), DRAWN)
                            .getFirst()
                            .getFirst(),
                    drawn.get(i));
        }
    }

    @Test
    void aStemOfWordsAloneIsCutByItsCharacters() {
        String text = "The knife is not safe";
        Stem known = new Stem(text, model.tokens(text));
        Cut cut = model.cuts(new Continuation(text, known.tokens(), List.of(), End.FINISHED), List.of(9))
                .getFirst();
        assertThat(cut).isEqualTo(new Cut(2, 9));

        List<List<Continuation>> drawn = model.sample(
                List.of(
                        request("q", asked(FIRST), known, List.of(new Draw(cut, 1, 0))),
                        request("q", asked(FIRST), new Stem(text, List.of()), List.of(new Draw(new Cut(0, 9), 1, 0)))),
                DRAWN);

        same(drawn.get(1).getFirst(), drawn.get(0).getFirst());
    }

    @Test
    void stopTextsEndAnAnswerBeforeThemEvenInsideTokens() {
        Sampler.Request request = request("q", asked(FIRST), Stem.EMPTY, wholes(8));
        List<Continuation> free = model.sample(List.of(request), DRAWN).getFirst();
        String text = free.getFirst().text();
        assertThat(text.length()).isGreaterThan(12);
        String stop = text.substring(5, 10);

        List<Continuation> stopped = model.sample(
                        List.of(request), new Sampling(1, 1, 0, 24, List.of("no such text", stop), 5))
                .getFirst();

        for (int i = 0; i < free.size(); i++) {
            Continuation whole = free.get(i);
            Continuation cut = stopped.get(i);
            int at = whole.text().indexOf(stop);
            if (at < 0) {
                same(cut, whole);
                continue;
            }
            assertThat(cut.end()).isEqualTo(End.STOPPED);
            assertThat(cut.text()).isEqualTo(whole.text().substring(0, at));
            assertThat(cut.tokens())
                    .isEqualTo(whole.tokens().subList(0, cut.tokens().size()));
            int[] ids = cut.tokens().stream().mapToInt(Integer::intValue).toArray();
            assertThat(model.loaded().tokenizer().decode(ids)).contains(stop);
            assertThat(model.loaded().tokenizer().decode(java.util.Arrays.copyOf(ids, ids.length - 1)))
                    .doesNotContain(stop);
        }
        assertThat(stopped.getFirst().end()).isEqualTo(End.STOPPED);
    }

    @Test
    void whatWasSeenBeforeChangesNoDigitOfALaterAnswer(@TempDir Path pictures) throws Exception {
        List<Sampler.Request> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            BufferedImage picture = new BufferedImage(84, 84, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < 84 * 84; at++) {
                picture.setRGB(at % 84, at / 84, at * (7919 * (i + 1)) & 0xFFFFFF);
            }
            Path file = pictures.resolve(i + ".png");
            ImageIO.write(picture, "png", file.toFile());
            requests.add(request("q" + i, asked(file), Stem.EMPTY, wholes(1)));
        }
        List<List<List<Continuation>>> drawn = new ArrayList<>();
        for (int before : new int[] {0, 1, 4}) {
            try (LocalModel fresh = LocalModel.open(folder, Optional.empty(), Device.CPU)) {
                if (before > 0) {
                    fresh.sample(requests.subList(0, before), DRAWN);
                }
                drawn.add(fresh.sample(requests, DRAWN));
            }
        }
        assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
        assertThat(drawn.get(2)).isEqualTo(drawn.get(0));
    }

    @Test
    void repliesWithOneDrawARequest() {
        List<ChatModel.Request> requests = List.of(
                new ChatModel.Request("a", 0, asked(FIRST)),
                new ChatModel.Request("a", 1, asked(FIRST)),
                new ChatModel.Request("b", 0, asked(SECOND)));

        List<ChatModel.Reply> replies = model.reply(requests, DRAWN);

        List<Continuation> drawn = model.sample(List.of(request("a", asked(FIRST), Stem.EMPTY, wholes(2))), DRAWN)
                .getFirst();
        assertThat(replies).hasSize(3);
        for (int i = 0; i < 2; i++) {
            assertThat(replies.get(i))
                    .isEqualTo(new ChatModel.Reply.Said(
                            drawn.get(i).text(), drawn.get(i).end() != End.LENGTH));
        }
    }

    @Test
    void aRepetitionPenaltyIsTheSameInAnyBatchAndKeepsAnAnswerFromRepeating() {
        Sampling penalized = new Sampling(1, 1, 0, 1.3, 0, 24, List.of(), 5);
        List<Sampler.Request> requests = List.of(
                request("a", asked(FIRST), Stem.EMPTY, wholes(4)),
                request("b", List.of(new Turn(Role.USER, List.of(), "Cut the bread")), Stem.EMPTY, wholes(3)));

        List<List<Continuation>> together = model.sample(requests, penalized);

        for (int r = 0; r < requests.size(); r++) {
            Sampler.Request request = requests.get(r);
            for (int d = 0; d < request.draws().size(); d++) {
                Sampler.Request alone = request(
                        request.key(),
                        request.conversation(),
                        Stem.EMPTY,
                        List.of(request.draws().get(d)));
                same(
                        model.sample(List.of(alone), penalized).getFirst().getFirst(),
                        together.get(r).get(d));
            }
        }
        assertThat(together).isNotEqualTo(model.sample(requests, DRAWN));
        // So strong a penalty lets a greedy answer take no token twice, and none of its prompt, while others are left.
        Sampling strong = new Sampling(0, 1, 0, 100, 0, 12, List.of(), 5);
        assertThat(model.sample(List.of(request("a", asked(FIRST), Stem.EMPTY, wholes(1))), strong)
                        .getFirst()
                        .getFirst()
                        .tokens())
                .doesNotHaveDuplicates();
    }

    @Test
    void anAnswerIsHeardAsItIsWritten() {
        ChatModel.Request request = new ChatModel.Request("q", 0, asked(FIRST));
        String whole =
                ((ChatModel.Reply.Said) model.reply(List.of(request), DRAWN).getFirst()).text();
        String stop = whole.substring(20, 24);
        for (Sampling sampling : List.of(DRAWN, new Sampling(1, 1, 0, 24, List.of(stop), 5))) {
            List<String> heard = new ArrayList<>();

            ChatModel.Reply reply = model.reply(request, sampling, heard::add);

            assertThat(reply).isEqualTo(model.reply(List.of(request), sampling).getFirst());
            assertThat(String.join("", heard)).isEqualTo(((ChatModel.Reply.Said) reply).text());
            assertThat(heard).hasSizeGreaterThan(2);
        }
        assertThatThrownBy(() -> model.reply(request, DRAWN, piece -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void refusesAConversationThatDoesNotFit() {
        List<Turn> long_ = new ArrayList<>();
        long_.add(new Turn(Role.USER, List.of(), "knife ".repeat(5000)));

        assertThatThrownBy(() -> model.sample(List.of(request("kitchen-3", long_, Stem.EMPTY, wholes(1))), DRAWN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("kitchen-3")
                .hasMessageContaining("4096");
    }

    @Test
    void aWeightThatIsNoNumberIsNamedWithItsFile(@TempDir Path other) throws Exception {
        SmallCheckpoint.write(other);
        String damaged = "model.layers.1.mlp.up_proj.weight";
        SmallCheckpoint.rewrite(
                other,
                (name, tensor) -> name.endsWith("layers.1.mlp.up_proj.weight")
                        ? Placement.CPU.numbers(new double[] {Double.NaN}, 1).add(tensor)
                        : tensor);

        try (LocalModel broken = LocalModel.open(other, Optional.empty(), Device.CPU)) {
            assertThatThrownBy(() -> broken.sample(List.of(request("q", asked(FIRST), Stem.EMPTY, wholes(1))), DRAWN))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("for the answer to")
                    .hasMessageContaining(damaged + " in " + other + " holds NaN or infinite numbers");
        }
    }

    @Test
    void weightsOfMixedTypesAreComputedInOne(@TempDir Path other) throws Exception {
        SmallCheckpoint.write(other);
        SmallCheckpoint.rewrite(
                other, (name, tensor) -> name.startsWith("model.layers") ? tensor.to(ScalarType.BFloat16) : tensor);

        try (LocalModel mixed = LocalModel.open(other, Optional.empty(), Device.CPU)) {
            assertThat(mixed.sample(List.of(request("q", asked(FIRST), Stem.EMPTY, wholes(2))), DRAWN)
                            .getFirst())
                    .hasSize(2);
        }
    }

    @Test
    void anAdapterChangesWhatIsDrawn() {
        try (LocalModel adapted =
                LocalModel.open(folder, Optional.of(SmallCheckpoint.ORACLE.resolve("adapter")), Device.CPU)) {
            Sampler.Request request = request("q", asked(FIRST), Stem.EMPTY, wholes(2));
            assertThat(adapted.sample(List.of(request), DRAWN)).isNotEqualTo(model.sample(List.of(request), DRAWN));
        }
    }

    private static void same(Continuation actual, Continuation expected) {
        assertThat(actual.tokens()).isEqualTo(expected.tokens());
        assertThat(actual.text()).isEqualTo(expected.text());
        assertThat(actual.end()).isEqualTo(expected.end());
        for (int i = 0; i < expected.logprobs().size(); i++) {
            assertThat(actual.logprobs().get(i)).isCloseTo(expected.logprobs().get(i), within(2e-4));
        }
    }

    private static List<Turn> asked(Path picture) {
        return List.of(new Turn(Role.USER, List.of(picture), "Is the child safe in the kitchen?"));
    }

    private static List<Draw> wholes(int count) {
        return IntStream.range(0, count).mapToObj(Draw::whole).toList();
    }

    private static Sampler.Request request(String key, List<Turn> conversation, Stem stem, List<Draw> draws) {
        return new Sampler.Request(key, conversation, stem, draws);
    }
}
