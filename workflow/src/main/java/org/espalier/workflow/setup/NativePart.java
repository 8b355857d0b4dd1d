package org.espalier.workflow.setup;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
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

        /**
         * The same from elsewhere; hashes stay, so that what is fetched does too.
         *
         * @param mirrors what addresses begin with, and what they shall begin with
         * @throws InputException if no address begins so, or one would be no address
         */
        public Shelf from(Map<String, String> mirrors) {
            Shelf moved = this;
            for (Map.Entry<String, String> mirror : mirrors.entrySet()) {
                moved = moved.from(mirror.getKey(), mirror.getValue());
            }
            return moved;
        }

        private Shelf from(String place, String mirror) {
            Shelf moved = new Shelf(
                    cuda.stream().map(part -> part.from(place, mirror)).toList(),
                    mkl.stream().map(part -> part.from(place, mirror)).toList());
            if (moved.equals(this)) {
                throw new InputException("no file comes from " + place + ": --dry-run lists the addresses");
            }
            return moved;
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

    private NativePart from(String place, String mirror) {
        String address = file.address().toString();
        if (!address.startsWith(place)) {
            return this;
        }
        try {
            URI moved = URI.create(mirror + address.substring(place.length()));
            if (moved.getHost() == null || !List.of("http", "https").contains(moved.getScheme())) {
                throw new IllegalArgumentException("no host");
            }
            return new NativePart(new KnownFile(moved, file.bytes(), file.sha256()), libraries);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "the mirror '" + mirror + "' is no address: write it as https://HOST/PATH, as in --mirror " + place
                            + "=https://mirror.example/files",
                    e);
        }
    }

    /** Whether it is kept as it is. */
    boolean isJar() {
        return libraries.isEmpty();
    }
}
