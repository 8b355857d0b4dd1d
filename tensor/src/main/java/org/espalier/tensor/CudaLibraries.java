package org.espalier.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CUDA's own libraries, which libtorch's CUDA build calls and does not bring. They are taken from the folder that the property
 * {@value #FOLDER} names, from where the system looks for libraries ({@code LD_LIBRARY_PATH}), or from CUDA's usual place.
 */
public final class CudaLibraries {
    /** The property that names a folder with them; the launcher sets it to what {@code setup --cuda} brought. */
    public static final String FOLDER = "espalier.cuda";

    /** Each after those that it needs itself. */
    private static final List<String> NEEDED = List.of(
            "libcudart.so.13",
            "libnvJitLink.so.13",
            "libcublasLt.so.13",
            "libcublas.so.13",
            "libcufft.so.12",
            "libcurand.so.10",
            "libcusparse.so.12",
            "libcusolver.so.12",
            "libcusolverMg.so.12",
            "libcupti.so.13",
            "libcufile.so.0",
            "libnccl.so.2",
            "libnvrtc.so.13",
            "libcudnn.so.9",
            "libcudnn_graph.so.9",
            "libcudnn_ops.so.9",
            "libcudnn_cnn.so.9",
            "libcudnn_adv.so.9");

    private static final List<Path> USUAL =
            List.of(Path.of("/usr/local/cuda/lib64"), Path.of("/usr/local/cuda/extras/CUPTI/lib64"));

    private final List<Path> first;
    private final List<Path> last;

    private CudaLibraries(List<Path> first, List<Path> last) {
        this.first = first;
        this.last = last;
    }

    /** Those of this machine. */
    public static CudaLibraries here() {
        return new CudaLibraries(
                Stream.ofNullable(System.getProperty(FOLDER)).map(Path::of).toList(), USUAL);
    }

    /** Those that are found without what {@code setup --cuda} brought. */
    public static CudaLibraries ofTheSystem() {
        return new CudaLibraries(List.of(), USUAL);
    }

    /** Names of those that are found nowhere. */
    public List<String> missing() {
        return NEEDED.stream().filter(name -> !isFound(name)).toList();
    }

    private boolean isFound(String name) {
        if (file(name, first).isPresent() || file(name, last).isPresent()) {
            return true;
        }
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(name, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Path> file(String name, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Loads them for good, so that whatever asks for one by its name afterwards gets it wherever it lies.
     *
     * @throws IllegalArgumentException if one does not load
     */
    void load() {
        for (String name : NEEDED) {
            Optional<Path> own = file(name, first);
            if (own.isPresent()) {
                SymbolLookup.libraryLookup(own.get(), Arena.global());
            } else {
                loadOfTheSystem(name);
            }
        }
        first.forEach(CudaLibraries::loadBuiltins);
    }

    /** A part of libnvrtc, which it looks for by a name with the minor version, and not beside itself. */
    private static void loadBuiltins(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libnvrtc-builtins.so.*")) {
            files.forEach(file -> SymbolLookup.libraryLookup(file, Arena.global()));
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalArgumentException("CUDA's libraries in " + folder + " cannot be listed", e);
        }
    }

    private void loadOfTheSystem(String name) {
        try {
            SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            SymbolLookup.libraryLookup(file(name, last).orElseThrow(() -> e), Arena.global());
        }
    }
}
