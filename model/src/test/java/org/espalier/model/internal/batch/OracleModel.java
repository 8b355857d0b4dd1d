package org.espalier.model.internal.batch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.Sampling;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;

/** The model of the reference values, its cases as groups, and the plain way to compute what a cache computes. */
final class OracleModel implements AutoCloseable {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private final PointerScope scope = new PointerScope();
    private final NoGradGuard guard = new NoGradGuard();
    final SafetensorsFile expected = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"));
    final ModelFolder folder = ModelFolder.open(FOLDER);
    final LoadedModel loaded = LoadedModel.open(folder, Placement.CPU);
    final VisionLanguageModel model = loaded.model();
    final Adapter adapter = AdapterFiles.read(FOLDER.resolve("adapter"), loaded.config(), loaded.placement());

    /** A case of the reference values with a beginning of an answer. */
    SharedPrompt group(String name, int[] stem, SharedPrompt.Start... rows) {
        int[] ids = ints("case." + name + ".input_ids");
        List<PictureInput> pictures = pictures(name);
        Optional<Tensor> seen = pictures.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(pictures));
        return new SharedPrompt(name, ids, model.positions(ids, pictures), seen, stem, List.of(rows));
    }

    int[] ints(String key) {
        return Arrays.stream(Placement.CPU.longs(expected.read(key)))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private List<PictureInput> pictures(String name) {
        return Arrays.stream(ints("case." + name + ".images"))
                .mapToObj(number -> folder.picture(FOLDER.resolve("image_" + number + ".png")))
                .toList();
    }

    /** Without an end token, so that every row is as long as was asked for. */
    List<List<GeneratedTokens>> generate(Deltas deltas, List<SharedPrompt> groups, Sampling sampling) {
        return generate(deltas, groups, sampling, Set.of());
    }

    List<List<GeneratedTokens>> generate(
            Deltas deltas, List<SharedPrompt> groups, Sampling sampling, Set<Integer> ends) {
        return generate(FrozenDecoder.of(model, deltas), groups, sampling, ends);
    }

    List<List<GeneratedTokens>> generate(
            FrozenDecoder frozen, List<SharedPrompt> groups, Sampling sampling, Set<Integer> ends) {
        return new Generator(model, frozen, ends, Set.of()).generate(groups, sampling, () -> Sequence.Watch.NOTHING);
    }

    /** Log-probabilities of what follows a group's prompt and the first tokens of its stem, by one full forward pass. */
    float[] logprobs(Deltas deltas, SharedPrompt group, int cut, int[] written) {
        int[] answer = IntStream.concat(Arrays.stream(group.stem(), 0, cut), Arrays.stream(written))
                .toArray();
        Tensor tail = model.decoder()
                .embed(Placement.CPU.indices(
                        Arrays.stream(answer).asLongStream().toArray(), answer.length));
        Tensor x =
                torch.cat(new org.bytedeco.pytorch.TensorVector(model.embed(group.ids(), group.features()), tail), 0);
        long[][] rows = new long[3][];
        PromptPositions positions = group.positions();
        for (int axis = 0; axis < 3; axis++) {
            rows[axis] = LongStream.concat(
                            Arrays.stream(positions.rows()[axis]),
                            LongStream.range(positions.next(), positions.next() + answer.length))
                    .toArray();
        }
        Tensor hidden = model.decoder()
                .forward(
                        x,
                        Rope.of(model.decoder().shape(), rows, Placement.CPU),
                        new CausalSequences(1, Placement.CPU.attention()),
                        deltas)
                .narrow(0, group.ids().length + cut - 1L, written.length);
        Tensor ids = Placement.CPU.indices(Arrays.stream(written).asLongStream().toArray(), written.length, 1);
        return Placement.CPU.floats(
                torch.log_softmax(hidden.matmul(model.decoder().head().t()), 1).gather(1, ids));
    }

    @Override
    public void close() {
        adapter.close();
        loaded.close();
        expected.close();
        guard.close();
        scope.close();
    }
}
