package org.espalier.model.lora;

import static org.bytedeco.pytorch.global.torch.matmul;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.FolderBounds;
import org.espalier.core.file.Folders;
import org.espalier.core.file.ScratchFolder;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.LowRank;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.ModuleNames;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.espalier.tensor.Scope;
import org.espalier.tensor.TensorInfo;

/**
 * Merges an adapter into a checkpoint: {@code W + scale · BA}, computed in 32 bits and stored in W's own type; whole modules
 * of the adapter take the places of the checkpoint's.
 */
public final class AdapterMerge {
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private final Path model;
    private final Path out;
    private final Progress progress;
    private final ModuleNames names;
    private final Adapter adapter;
    private final SavedModules saved;
    private final Checkpoint whole;

    private AdapterMerge(Path model, Path out, Opened opened, Progress progress) {
        this.model = model;
        this.out = out;
        this.progress = progress;
        this.names = opened.adapter().model().names();
        this.adapter = opened.adapter();
        this.saved = opened.saved();
        this.whole = opened.whole();
    }

    /** Both sides, open. */
    private record Opened(Checkpoint whole, SafetensorsFile file, Adapter adapter, SavedModules saved)
            implements AutoCloseable {
        static Opened of(Path model, Path folder) {
            ModelConfig config = ModelFolder.open(model).config();
            Checkpoint whole = Checkpoint.open(model);
            try {
                SafetensorsFile file = SafetensorsFile.open(AdapterFiles.weights(folder));
                try {
                    return of(whole, file, config, folder);
                } catch (RuntimeException e) {
                    file.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                whole.close();
                throw e;
            }
        }

        private static Opened of(Checkpoint whole, SafetensorsFile file, ModelConfig config, Path folder) {
            PeftConfig peft = PeftConfig.read(folder);
            Map<String, String> tensors = new AdapterTensors(file, peft, config).saved();
            SavedModules saved = new SavedModules(whole, file, tensors, config, peft.tiesSaved());
            return new Opened(whole, file, AdapterFiles.readAll(folder, config, Placement.CPU), saved);
        }

        @Override
        public void close() {
            adapter.close();
            file.close();
            whole.close();
        }
    }

    /**
     * What a merge would come to.
     *
     * @param changed tensors that the adapter changes
     * @param bytes of all files that would be written
     * @param largest bytes of the largest file of weights, which is what memory must hold
     */
    public record Plan(int changed, long bytes, long largest) {}

    /**
     * Looks, and writes nothing.
     *
     * @throws InputException as {@link #write} would
     */
    public static Plan plan(Path model, Path adapterFolder, Path out) {
        refuseOccupied(out);
        try (Opened opened = Opened.of(model, adapterFolder)) {
            AdapterMerge merge = new AdapterMerge(model, out, opened, Progress.SILENT);
            long largest = 0;
            long bytes = 0;
            for (Path shard : merge.shards()) {
                largest = Math.max(largest, Files.size(shard));
                bytes += Files.size(shard);
            }
            for (Path file : merge.theRest()) {
                bytes += Files.size(file);
            }
            return new Plan(merge.changes(), bytes, largest);
        } catch (IOException e) {
            throw FileTrouble.reading(model, e);
        }
    }

    /**
     * Writes the merged checkpoint: weights in files of the same names, all else copied. The folder appears whole or
     * not at all; it needs room for one file of weights in memory at a time.
     *
     * @return how many tensors the adapter changed
     * @throws InputException if the adapter does not belong to the model, or {@code out} holds something
     */
    public static int write(Path model, Path adapterFolder, Path out, Progress progress) {
        refuseOccupied(out);
        try (Opened opened = Opened.of(model, adapterFolder)) {
            return new AdapterMerge(model, out, opened, progress).write();
        }
    }

    private static void refuseOccupied(Path out) {
        try {
            if (Files.exists(out) && !Files.isDirectory(out)) {
                throw new InputException(out + " is a file where a folder for the merged model is needed");
            }
            if (Files.isDirectory(out)) {
                try (Stream<Path> inside = Files.list(out)) {
                    if (inside.findAny().isPresent()) {
                        throw new InputException(out + " is not empty: choose a new folder for the merged model");
                    }
                }
            }
        } catch (IOException e) {
            throw FileTrouble.reading(out, e);
        }
    }

    /** How many tensors the adapter changes: all that it has, or it is another model's. */
    private int changes() {
        long changed = whole.names().stream()
                .filter(name -> delta(name, WEIGHT).isPresent())
                .count();
        int wanted = adapter.modules().size();
        if (changed != wanted) {
            throw new InputException("the adapter changes " + wanted + " tensors, but the checkpoint " + model
                    + " has only " + changed + " of them: the adapter belongs to another model");
        }
        long biases = whole.names().stream()
                .filter(name -> delta(name, BIAS).flatMap(LowRank::shift).isPresent())
                .count();
        if (biases != adapter.shifted()) {
            throw new InputException("the adapter's lora_bias shifts " + adapter.shifted() + " modules, of which only "
                    + biases + " have a bias in the checkpoint " + model
                    + ": it can be used beside the model, not merged");
        }
        return Math.toIntExact(changed + biases + saved.count());
    }

    private int write() {
        int changed = changes();
        Path place = out.toAbsolutePath().normalize();
        Path parent = Folders.make(Optional.ofNullable(place.getParent()).orElse(place));
        // What a killed merge left beside is removed by the next one.
        try (ScratchFolder scratch = ScratchFolder.in(parent, "." + place.getFileName() + "-")) {
            Path beside = Files.createDirectory(scratch.path().resolve("model"));
            copyTheRest(beside);
            ProcessorTemplate.complete(beside);
            for (Path file : shards()) {
                shard(file, beside);
            }
            if (saved.unties()) {
                UntiedFiles.write(beside, saved.embedding(), bytes(whole.info(saved.embedding())));
            }
            Files.deleteIfExists(place);
            Files.move(beside, place);
            return changed;
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        }
    }

    private List<Path> shards() throws IOException {
        if (Files.exists(model.resolve(Checkpoint.SINGLE))) {
            return List.of(model.resolve(Checkpoint.SINGLE));
        }
        try (Stream<Path> files = Files.list(model)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    private void shard(Path file, Path folder) {
        try (PointerScope scope = new PointerScope();
                SafetensorsFile source = SafetensorsFile.open(file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            int all = whole.names().size();
            for (String name : new TreeSet<>(source.names())) {
                tensors.put(name, merged(name, Placement.CPU.stored(source, name)));
                if (saved.unties() && name.equals(saved.embedding())) {
                    Tensor head = Placement.CPU.stored(saved.tensors(), SavedModules.HEAD);
                    tensors.put(SavedModules.HEAD, head.to(tensors.get(name).scalar_type()));
                }
                progress.at("merge " + file.getFileName(), tensors.size(), Math.max(all, tensors.size()), "");
            }
            SafetensorsWriter.write(folder.resolve(file.getFileName()), tensors);
        }
    }

    private static long bytes(TensorInfo tensor) {
        return tensor.elements() * tensor.dtype().bits() / 8;
    }

    /** A tensor as it is after the merge. */
    private Tensor merged(String name, Tensor stored) {
        ScalarType type = stored.scalar_type();
        if (saved.changes(name)) {
            return Placement.CPU.stored(saved.tensors(), name).to(type);
        }
        return delta(name, WEIGHT)
                .map(change -> Scope.withoutGradients(
                        () -> merged(stored.to(ScalarType.Float), change).to(type)))
                .or(() -> delta(name, BIAS).flatMap(change -> change.mergedBias(Optional.of(stored), type)))
                .orElse(stored);
    }

    /** Put together as PEFT does: the sum of the two matrices, not one product that adds. */
    private static Tensor merged(Tensor weight, LowRank change) {
        Tensor product = matmul(change.b(), change.a()).mul(new Scalar(change.scale()));
        return change.stretched(weight.add(product));
    }

    /** What the adapter adds to the module of a tensor of that ending. */
    private Optional<LowRank> delta(String tensor, String ending) {
        return tensor.endsWith(ending)
                ? adapter.of(names.ours(tensor.substring(0, tensor.length() - ending.length())))
                : Optional.empty();
    }

    private void copyTheRest(Path beside) throws IOException {
        for (Path file : theRest()) {
            Files.copy(file, beside.resolve(file.getFileName()));
        }
    }

    private List<Path> theRest() throws IOException {
        FolderBounds bounds = FolderBounds.of(model);
        try (Stream<Path> files = Files.list(model)) {
            List<Path> rest = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            rest.forEach(bounds::refuseOutside);
            return rest;
        }
    }
}
