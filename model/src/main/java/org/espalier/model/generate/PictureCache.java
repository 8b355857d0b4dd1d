package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.picture.Patches;
import org.espalier.model.picture.PictureReader;
import org.espalier.model.picture.QwenImageProcessor;
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
        List<Path> missing = new ArrayList<>(new LinkedHashSet<>(files));
        missing.removeIf(pictures::containsKey);
        for (int i = 0; i < missing.size(); i += 16) {
            look(missing.subList(i, Math.min(missing.size(), i + 16)));
        }
        Map<Path, Seen> seen = new LinkedHashMap<>();
        files.forEach(file -> seen.put(file, pictures.get(file)));
        return seen;
    }

    private void look(List<Path> files) {
        List<Patches> patches = files.stream().map(this::patches).toList();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor rows = model.see(patches);
            long at = 0;
            for (int i = 0; i < files.size(); i++) {
                Patches of = patches.get(i);
                int count = model.tokens(of);
                // A copy, so that forgetting one picture frees its memory.
                Tensor tokens = Scope.own(rows.narrow(0, at, count).clone());
                at += count;
                Patches grid = new Patches(new float[0], of.temporal(), of.height(), of.width(), of.mergeSize());
                pictures.put(files.get(i), new Seen(grid, tokens));
                bytes += tokens.nbytes();
            }
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
