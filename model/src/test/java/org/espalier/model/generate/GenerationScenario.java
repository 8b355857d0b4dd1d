package org.espalier.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.espalier.core.ChatModel;
import org.espalier.core.Continuation;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * Generation with pictures and an adapter, in every way to choose tokens, on a pretended device and in float64: it draws
 * what the processor draws in float32.
 */
public final class GenerationScenario implements Runnable {
    private static final Device PRETENDED = new Device("pretended", Device.Kind.PRETENDED);
    private static final List<Sampling> WAYS = List.of(
            Sampling.at(1, 12, 5),
            new Sampling(0, 1, 0, 1.2, 0, 12, List.of(), 5),
            new Sampling(0.7, 0.9, 20, 1, 0.02, 12, List.of("no such text"), 5));

    @Override
    public void run() {
        run(SmallCheckpoint.ORACLE, SmallCheckpoint::write);
        run(SmallCheckpoint.LLAVA, SmallCheckpoint::llava);
    }

    private static void run(Path oracle, UnaryOperator<Path> write) {
        try {
            Path folder = write.apply(Files.createTempDirectory("espalier-generation"));
            List<List<Continuation>> expected = drawn(oracle, folder, Placement.CPU);
            for (Placement placement : List.of(
                    new Placement(PRETENDED, Dtype.F32),
                    Placement.CPU.with(Dtype.F64),
                    new Placement(PRETENDED, Dtype.F64))) {
                List<List<Continuation>> drawn = drawn(oracle, folder, placement);
                for (int way = 0; way < WAYS.size(); way++) {
                    for (int i = 0; i < drawn.get(way).size(); i++) {
                        same(drawn.get(way).get(i), expected.get(way).get(i));
                    }
                }
            }
            // Half-width numbers draw something else; none of them may meet what is not theirs.
            drawn(oracle, folder, new Placement(PRETENDED, Dtype.BF16));
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For each way, what was drawn; a reply last. */
    private static List<List<Continuation>> drawn(Path oracle, Path folder, Placement placement) {
        try (LoadedModel loaded = LoadedModel.open(ModelFolder.open(folder), placement);
                Adapter adapter = AdapterFiles.read(oracle.resolve("adapter"), loaded.config(), placement);
                LocalModel model = new LocalModel(loaded, adapter, 5)) {
            Turn one = new Turn(Turn.Role.USER, List.of(oracle.resolve("image_0.png")), "Is the child safe?");
            Turn two = new Turn(
                    Turn.Role.USER,
                    List.of(oracle.resolve("image_1.png"), oracle.resolve("image_0.png")),
                    "Which knife is safe?");
            Stem stem = new Stem("The knife", model.tokens("The knife"));
            List<Sampler.Request> requests = List.of(
                    new Sampler.Request("a", List.of(one), Stem.EMPTY, draws(6)),
                    new Sampler.Request("b", List.of(two), stem, draws(3)));
            List<List<Continuation>> drawn = new ArrayList<>();
            for (Sampling way : WAYS) {
                drawn.add(model.sample(requests, way).stream()
                        .flatMap(List::stream)
                        .toList());
            }
            List<String> heard = new ArrayList<>();
            ChatModel.Reply reply =
                    model.reply(new ChatModel.Request("a", 0, List.of(one)), WAYS.getFirst(), heard::add);
            assertThat(reply)
                    .isEqualTo(new ChatModel.Reply.Said(
                            String.join("", heard), drawn.getFirst().getFirst().end() != Continuation.End.LENGTH));
            return drawn;
        }
    }

    private static List<Draw> draws(int count) {
        return IntStream.range(0, count).mapToObj(Draw::whole).toList();
    }

    private static void same(Continuation actual, Continuation expected) {
        assertThat(actual.tokens()).isEqualTo(expected.tokens());
        for (int i = 0; i < expected.logprobs().size(); i++) {
            assertThat(actual.logprobs().get(i)).isCloseTo(expected.logprobs().get(i), within(2e-4));
        }
    }
}
