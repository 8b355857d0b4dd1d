package org.espalier.model.lora;

import static org.bytedeco.pytorch.global.torch.matmul;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.model.ModelFolder;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import org.espalier.tensor.Scope;

/** Merges an adapter into a checkpoint: {@code W + scale · BA}, computed in 32 bits and stored in W's own type. */
public final class AdapterMerge {
    private static final Pattern WEIGHT = Pattern.compile(
            "(?:model\\.language_model|model|language_model\\.model)\\.(layers\\.\\d+\\.(?:self_attn|mlp)\\.\\w+)\\.weight");

    private final Path model;
    private final Path out;
    private final Progress progress;

    private AdapterMerge(Path model, Path out, Progress progress) {
        this.model = model;
        this.out = out;
        this.progress = progress;
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
        ModelFolder folder = ModelFolder.open(model);
        try (Checkpoint whole = Checkpoint.open(model);
                Adapter adapter =
                        AdapterFiles.read(adapterFolder, folder.config().text(), Placement.CPU)) {
            AdapterMerge merge = new AdapterMerge(model, out, Progress.SILENT);
            long largest = 0;
            long bytes = 0;
            for (Path shard : merge.shards()) {
                largest = Math.max(largest, Files.size(shard));
                bytes += Files.size(shard);
            }
            for (Path file : merge.theRest()) {
                bytes += Files.size(file);
            }
            return new Plan(merge.changes(whole, adapter), bytes, largest);
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
        ModelFolder folder = ModelFolder.open(model);
        try (Checkpoint whole = Checkpoint.open(model);
                Adapter adapter =
                        AdapterFiles.read(adapterFolder, folder.config().text(), Placement.CPU)) {
            return new AdapterMerge(model, out, progress).write(whole, adapter);
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
    private int changes(Checkpoint whole, Adapter adapter) {
        int changed = (int) whole.names().stream()
                .map(WEIGHT::matcher)
                .filter(name -> name.matches() && adapts(adapter, name.group(1)))
                .count();
        int wanted = adapter.parameters().views().size() / 2;
        if (changed != wanted) {
            throw new InputException("the adapter changes " + wanted + " tensors, but the checkpoint " + model
                    + " has only " + changed + " of them: the adapter belongs to another model");
        }
        return changed;
    }

    private static boolean adapts(Adapter adapter, String name) {
        return adapter.parameters().views().containsKey(name + ".lora_A")
                && adapter.parameters().views().containsKey(name + ".lora_B");
    }

    private int write(Checkpoint whole, Adapter adapter) {
        int changed = changes(whole, adapter);
        Path place = out.toAbsolutePath().normalize();
        Path beside = place.resolveSibling("." + place.getFileName() + ".part");
        try {
            delete(beside);
            Files.createDirectories(beside);
            copyTheRest(beside);
            for (Path file : shards()) {
                shard(file, beside, adapter, whole.names().size());
            }
            Files.deleteIfExists(place);
            Files.move(beside, place);
            return changed;
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        } finally {
            deleteQuietly(beside);
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

    private void shard(Path file, Path folder, Adapter adapter, int all) {
        try (PointerScope scope = new PointerScope();
                SafetensorsFile source = SafetensorsFile.open(file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : new TreeSet<>(source.names())) {
                Matcher matcher = WEIGHT.matcher(name);
                Optional<Tensor> delta = matcher.matches() ? delta(adapter, matcher.group(1)) : Optional.empty();
                tensors.put(
                        name,
                        delta.map(change -> Scope.withoutGradients(
                                        () -> merged(Placement.CPU.stored(source, name), change)))
                                .orElseGet(() -> Placement.CPU.stored(source, name)));
                progress.at("merge " + file.getFileName(), tensors.size(), Math.max(all, tensors.size()), "");
            }
            SafetensorsWriter.write(folder.resolve(file.getFileName()), tensors);
        }
    }

    private static Tensor merged(Tensor weight, Tensor change) {
        ScalarType type = weight.scalar_type();
        return weight.to(ScalarType.Float).add(change).to(type);
    }

    private static Optional<Tensor> delta(Adapter adapter, String name) {
        Tensor a = adapter.parameters().views().get(name + ".lora_A");
        Tensor b = adapter.parameters().views().get(name + ".lora_B");
        return a == null || b == null
                ? Optional.empty()
                : Optional.of(Scope.withoutGradients(
                        () -> matmul(b, a).mul(new Scalar(adapter.config().scale()))));
    }

    private void copyTheRest(Path beside) throws IOException {
        for (Path file : theRest()) {
            Files.copy(file, beside.resolve(file.getFileName()));
        }
    }

    private List<Path> theRest() throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            // What went wrong before is the one to report; the next merge removes the rest.
            return;
        }
    }
}
