package org.espalier.lab.memory;

import static org.bytedeco.pytorch.global.torch.ones_like;
import static org.bytedeco.pytorch.global.torch.randn_like;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.WeightSource;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Device;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsWriter;
import tools.jackson.databind.node.ObjectNode;

/** Writes a folder of random weights in a shape, in shards as large models have them, one tensor in memory at a time. */
final class RandomCheckpoint {
    private static final long SHARD = 4_000_000_000L;
    /** As many numbers are drawn; the rows of all matrices are stretches of them. */
    private static final long DRAWN = 1L << 22;

    private final CheckpointShape shape;
    private final Placement placement;
    private final Map<String, long[]> tensors = new LinkedHashMap<>();

    private RandomCheckpoint(CheckpointShape shape) {
        this.shape = shape;
        this.placement = new Placement(Device.CPU, shape.type());
    }

    /** Writes; the folder is there. */
    static void write(Path folder, CheckpointShape shape, Progress progress) {
        new RandomCheckpoint(shape).write(folder, progress);
    }

    /** How many numbers the weights are; the small files are written for that. */
    static long parameters(CheckpointShape shape, Path folder) {
        RandomCheckpoint checkpoint = new RandomCheckpoint(shape);
        checkpoint.describe(folder);
        return checkpoint.tensors.values().stream()
                .mapToLong(RandomCheckpoint::numbers)
                .sum();
    }

    /** Writes the small files, and notes the tensors of a model that they describe. */
    private void describe(Path folder) {
        AtomicFile.write(folder.resolve("config.json"), Json.page(shape.config()));
        AtomicFile.write(folder.resolve("preprocessor_config.json"), Json.page(shape.preprocessor()));
        Libtorch.load();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            ModelFolder.open(folder).config().model(new Shapes(), Set.of());
        }
    }

    private void write(Path folder, Progress progress) {
        describe(folder);
        torch.manual_seed(0);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            List<List<String>> shards = shards();
            ObjectNode places = Json.object();
            for (int i = 0; i < shards.size(); i++) {
                progress.at("writing " + shape.name(), i, shards.size(), "files of random weights");
                String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
                write(folder.resolve(name), shards.get(i));
                shards.get(i).forEach(tensor -> places.put(tensor, name));
            }
            ObjectNode index = Json.object();
            index.putObject("metadata")
                    .put(
                            "total_size",
                            tensors.values().stream().mapToLong(this::bytes).sum());
            index.set("weight_map", places);
            AtomicFile.write(folder.resolve(Checkpoint.INDEX), Json.page(index));
            progress.at("writing " + shape.name(), shards.size(), shards.size(), "");
        }
    }

    private List<List<String>> shards() {
        List<List<String>> shards = new ArrayList<>();
        long held = SHARD;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            if (held + bytes(tensor.getValue()) > SHARD) {
                shards.add(new ArrayList<>());
                held = 0;
            }
            shards.getLast().add(tensor.getKey());
            held += bytes(tensor.getValue());
        }
        return shards;
    }

    private long bytes(long[] dimensions) {
        return numbers(dimensions) * shape.type().bits() / Byte.SIZE;
    }

    private static long numbers(long... dimensions) {
        return LongStream.of(dimensions).reduce(1, Math::multiplyExact);
    }

    private void write(Path file, List<String> names) {
        try (PointerScope scope = new PointerScope()) {
            Map<Long, Tensor> drawn = new TreeMap<>();
            Map<String, Tensor> written = new LinkedHashMap<>();
            names.forEach(name -> written.put(name, tensor(name, tensors.getOrDefault(name, new long[0]), drawn)));
            SafetensorsWriter.write(file, written);
        }
    }

    /** Matrices are views of few numbers, scaled so that activations stay of order one; the writer lays each out. */
    private Tensor tensor(String name, long[] dimensions, Map<Long, Tensor> drawn) {
        if (dimensions.length == 1) {
            Tensor zeros = placement.zeros(dimensions);
            return name.endsWith(".bias") ? zeros : ones_like(zeros);
        }
        long rows = dimensions[0];
        long columns = numbers(Arrays.copyOfRange(dimensions, 1, dimensions.length));
        Tensor numbers = drawn.computeIfAbsent(
                columns,
                width -> randn_like(placement.wide().zeros(DRAWN))
                        .mul_(new Scalar(1 / Math.sqrt((double) width)))
                        .to(placement.scalarType()));
        return numbers.as_strided(new long[] {rows, columns}, (DRAWN - columns) / rows, 1);
    }

    /** Notes what a model of the shape asks for; what it hands out takes no memory. */
    private final class Shapes implements WeightSource {
        @Override
        public Placement placement() {
            return placement;
        }

        @Override
        public Tensor rows(List<String> names, List<Integer> rows, long... rest) {
            for (int i = 0; i < names.size(); i++) {
                tensors.put(
                        names.get(i),
                        LongStream.concat(LongStream.of(rows.get(i)), LongStream.of(rest))
                                .toArray());
            }
            long all = rows.stream().mapToLong(Integer::longValue).sum();
            return nothing(
                    LongStream.concat(LongStream.of(all), LongStream.of(rest)).toArray());
        }

        @Override
        public Tensor convolution(String name, long... dimensions) {
            tensors.put(name, dimensions.clone());
            return nothing(dimensions[0], numbers(Arrays.copyOfRange(dimensions, 1, dimensions.length)));
        }

        private Tensor nothing(long... dimensions) {
            return placement.zeros(1).expand(dimensions);
        }
    }
}
