package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.picture.Patches;
import org.espalier.model.picture.QwenImageProcessor;
import org.espalier.picture.PictureReader;
import org.espalier.tensor.Scope;

/** What picture files look like to a model; those used last stay at hand. A file is taken not to change. */
final class PictureCache implements AutoCloseable {
    private static final long BYTES = 256L << 20;

    private final VisionLanguageModel model;
    private final QwenImageProcessor processor;
    private final PictureReader reader = new PictureReader();
    /** The one unused for longest first. */
    private final Map<Path, Seen> pictures = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /**
     * A picture as the decoder is shown it.
     *
     * @param grid its patches without their values
     * @param tokens {@code [tokens, hidden]}
     */
    record Seen(Patches grid, Tensor tokens) {}

    PictureCache(VisionLanguageModel model, QwenImageProcessor processor) {
        this.model = model;
        this.processor = processor;
    }

    /** All of these pictures by file; usable until the next call. */
    Map<Path, Seen> see(Set<Path> files) {
        Map<Path, Seen> seen = new LinkedHashMap<>();
        for (Path file : files) {
            Seen known = pictures.get(file);
            seen.put(file, known == null ? look(file) : known);
        }
        return seen;
    }

    /**
     * Looks at one picture by itself. Several at once would be rounded by how many they are, and which are missing
     * depends on what was seen before: a run that goes on where it stopped would differ in the last digits.
     */
    private Seen look(Path file) {
        Patches of = patches(file);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor tokens = Scope.own(model.see(List.of(of)));
            Patches grid = new Patches(new float[0], of.temporal(), of.height(), of.width(), of.mergeSize());
            Seen seen = new Seen(grid, tokens);
            pictures.put(file, seen);
            bytes += tokens.nbytes();
            return seen;
        }
    }

    private Patches patches(Path file) {
        try {
            return processor.process(reader.read(file));
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(file.toString()) ? e : new InputException(file + ": " + message, e);
        }
    }

    /** Forgets what was unused for longest until what is left is small enough. */
    void trim() {
        var oldest = pictures.values().iterator();
        while (bytes > BYTES && oldest.hasNext()) {
            Seen seen = oldest.next();
            bytes -= seen.tokens().nbytes();
            seen.tokens().close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        pictures.values().forEach(seen -> seen.tokens().close());
        pictures.clear();
    }
}
