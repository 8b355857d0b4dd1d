package org.espalier.model;

import static org.bytedeco.pytorch.global.torch.cat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.family.PictureInput;
import org.espalier.tensor.Scope;

/**
 * What the vision side of a model makes of picture files; those used last are kept. A file is assumed not to change.
 * Used by one thread at a time.
 */
public final class PictureFeatures implements AutoCloseable {
    private final LoadedModel model;
    private final long budget;
    /** The one unused for longest first. */
    private final Map<Path, One> pictures = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    private record One(PictureInput picture, Tensor features) {}

    /**
     * The pictures of one prompt, usable until the next {@link #trim}.
     *
     * @param pictures without their values, in order
     * @param features their tokens as the decoder takes them, one below the other: {@code [tokens, hidden]}; empty
     *     without pictures
     */
    public record Shown(List<PictureInput> pictures, Optional<Tensor> features) {
        public Shown {
            pictures = List.copyOf(pictures);
        }
    }

    /** @param budget bytes that {@link #trim} leaves at most */
    public PictureFeatures(LoadedModel model, long budget) {
        this.model = model;
        this.budget = budget;
    }

    /**
     * Looks at the files that were not seen before. Where there are several, what is put together of them belongs to the
     * caller's scope.
     *
     * @throws org.espalier.core.InputException if one is not a picture that the model takes; names the file
     */
    public Shown of(List<Path> files) {
        return of(files, model.folder()::picture);
    }

    /** As {@link #of(List)}, with pictures that may have been processed before. */
    public Shown of(List<Path> files, Function<Path, PictureInput> processed) {
        List<PictureInput> shown = new ArrayList<>();
        Tensor[] features = new Tensor[files.size()];
        for (int i = 0; i < features.length; i++) {
            One one = pictures.computeIfAbsent(files.get(i), file -> look(processed.apply(file)));
            shown.add(one.picture());
            features[i] = one.features();
        }
        return new Shown(
                shown,
                switch (features.length) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(features[0]);
                    default -> Optional.of(cat(new TensorVector(features), 0));
                });
    }

    /**
     * Looks at one picture by itself. Several at once would be rounded by how many they are, and which are missing
     * depends on what was seen before: a run that is resumed would differ in the last digits.
     */
    private One look(PictureInput picture) {
        Tensor features = Scope.own(Scope.withoutGradients(() -> model.model().pictureFeatures(List.of(picture))));
        bytes += features.nbytes();
        return new One(picture.withoutValues(), features);
    }

    /** Forgets what was unused for longest until what is left is small enough. */
    public void trim() {
        Iterator<One> oldest = pictures.values().iterator();
        while (bytes > budget && oldest.hasNext()) {
            Tensor features = oldest.next().features();
            bytes -= features.nbytes();
            features.close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        pictures.values().forEach(one -> one.features().close());
        pictures.clear();
    }
}
