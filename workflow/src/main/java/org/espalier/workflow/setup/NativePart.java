package org.espalier.workflow.setup;

import java.util.List;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;
import org.espalier.hub.KnownFile;

/**
 * A file of native libraries that does not come with Espalier: libtorch's CUDA build and what it needs, MKL. Those that there are
 * stand with their hashes in {@code native-parts.json}.
 *
 * @param libraries what is unpacked of it; none of a jar, which is kept as it is
 */
public record NativePart(KnownFile file, List<String> libraries) {
    /** The version of libtorch and its bindings, which must be that of the rest of the class path. */
    public static final String TORCH = "2.10.0-1.5.13";

    /** The version of Intel's MKL. */
    public static final String MKL = "2025.3-1.5.13";

    /**
     * What there is.
     *
     * @param cuda libtorch's CUDA build and the bindings of CUDA from Maven Central; CUDA's own libraries as NVIDIA publishes them
     *     for Python, each once the ones before it are there. They are CUDA 13.0's, which a driver of version 580 is for
     * @param mkl its libraries, which javacpp finds on the class path
     */
    public record Shelf(List<NativePart> cuda, List<NativePart> mkl) {
        public Shelf {
            cuda = List.copyOf(cuda);
            mkl = List.copyOf(mkl);
        }
    }

    public NativePart {
        libraries = List.copyOf(libraries);
    }

    /** All that can be fetched. */
    public static Shelf shelf() {
        String text = Shipped.text(NativePart.class, "native-parts.json", Map.of("torch", TORCH, "mkl", MKL));
        return Json.as(Json.parse(text), Shelf.class);
    }

    /** Whether it is kept as it is. */
    boolean isJar() {
        return libraries.isEmpty();
    }
}
