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
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.PictureInput;
import org.espalier.tensor.Scope;

/**
 * What the vision side of a model makes of picture files; those used last are kept. A file is assumed not to change.
 * Used by one thread at a time.
 */
public final class PictureFeatures implements AutoCloseable {
    private final LoadedModel model;
    private final long budget;
    private final Deltas deltas;
    private final boolean keepsValues;
    /** The one unused for longest first. */
    private final Map<Path, One> pictures = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    private record One(PictureInput picture, Tensor features) {
        long bytes() {
            return features.nbytes() + (long) Float.BYTES * picture.values().length;
        }
    }

    /**
     * The pictures of one prompt, usable until the next {@link #trim}.
     *
     * @param pictures in order; without their values, unless they are wanted again
     * @param features their tokens as the decoder takes them, one below the other: {@code [tokens, hidden]}; empty
     *     without pictures
     */
    public record Shown(List<PictureInput> pictures, Optional<Tensor> features) {
        public Shown {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * As a model with an adapter sees them, which is taken as it is when a picture is looked at.
     *
     * @param budget bytes that {@link #trim} leaves at most
     */
    public PictureFeatures(LoadedModel model, long budget, Deltas deltas) {
        this(model, budget, deltas, false);
    }

    private PictureFeatures(LoadedModel model, long budget, Deltas deltas, boolean keepsValues) {
        this.model = model;
        this.budget = budget;
        this.deltas = deltas;
        this.keepsValues = keepsValues;
    }

    /**
     * As the base model sees them.
     *
     * @param trained whose gradients may be wanted: where it changes the vision side, values are kept, so that pictures can
     *     be looked at with it
     */
    public static PictureFeatures toTrain(LoadedModel model, long budget, Deltas trained) {
        return new PictureFeatures(model, budget, Deltas.NONE, trained.changesPictures());
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
        Tensor features =
                Scope.own(Scope.withoutGradients(() -> model.model().pictureFeatures(List.of(picture), deltas)));
        One one = new One(keepsValues ? picture : picture.withoutValues(), features);
        bytes += one.bytes();
        return one;
    }

    /** Forgets what was unused for longest until what is left is small enough. */
    public void trim() {
        Iterator<One> oldest = pictures.values().iterator();
        while (bytes > budget && oldest.hasNext()) {
            One one = oldest.next();
            bytes -= one.bytes();
            one.features().close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        pictures.values().forEach(one -> one.features().close());
        pictures.clear();
    }
}
