package org.espalier.srpo.train;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.picture.Patches;
import org.espalier.tensor.Scope;

/** What the frozen vision tower saw, kept up to a budget: a question comes again every epoch, its picture as it was. */
final class SeenPictures implements AutoCloseable {
    private static final long BUDGET = 512L << 20;

    private final VisionLanguageModel model;
    private final Encoder encoder;
    private final Map<List<Path>, Seen> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Patches and the tokens they became. */
    record Seen(List<Patches> pictures, Optional<Tensor> tokens) {
        long bytes() {
            return pictures.stream()
                            .mapToLong(picture -> 4L * picture.values().length)
                            .sum()
                    + tokens.map(tensor -> tensor.numel() * 4).orElse(0L);
        }
    }

    SeenPictures(VisionLanguageModel model, Encoder encoder) {
        this.model = model;
        this.encoder = encoder;
    }

    Seen of(List<Path> images) {
        Seen seen = kept.get(images);
        if (seen == null) {
            List<Patches> pictures = encoder.pictures(images);
            seen = new Seen(
                    pictures,
                    pictures.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Scope.own(Scope.withoutGradients(() -> model.see(pictures)))));
            kept.put(images, seen);
            bytes += seen.bytes();
            shrink(images);
        }
        return seen;
    }

    private void shrink(List<Path> spared) {
        Iterator<Map.Entry<List<Path>, Seen>> oldest = kept.entrySet().iterator();
        while (bytes > BUDGET && oldest.hasNext()) {
            Map.Entry<List<Path>, Seen> entry = oldest.next();
            if (!entry.getKey().equals(spared)) {
                bytes -= entry.getValue().bytes();
                entry.getValue().tokens().ifPresent(Tensor::close);
                oldest.remove();
            }
        }
    }

    @Override
    public void close() {
        kept.values().forEach(seen -> seen.tokens().ifPresent(Tensor::close));
        kept.clear();
    }
}
