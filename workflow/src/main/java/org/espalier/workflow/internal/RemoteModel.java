package org.espalier.workflow.internal;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Blas;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.PlacementChoice;

/**
 * A model as it is opened in another process, which may be on another machine: the same files at the same places, computed by
 * as many threads, so that what comes of it is the same.
 *
 * @param adapter empty where there is none
 * @param type as {@link PlacementChoice#typeName}
 * @param hash of the model's folder
 * @param adapterHash of the adapter's weights
 * @param blas what multiplies, as {@link Blas#label}
 * @param threads of a product that libtorch multiplies itself
 * @param blasThreads of one that OpenBLAS multiplies
 */
public record RemoteModel(
        String model,
        String adapter,
        String device,
        String type,
        String hash,
        String adapterHash,
        String blas,
        int threads,
        int blasThreads)
        implements Serializable {
    /** As it would be opened here. */
    public static RemoteModel of(Path model, Optional<Path> adapter, PlacementChoice placement) {
        return new RemoteModel(
                absolute(model),
                adapter.map(RemoteModel::absolute).orElse(""),
                placement.device().toString(),
                placement.typeName(),
                Sha256.of(model),
                adapter.map(AdapterFiles::weights).map(Sha256::of).orElse(""),
                Blas.chosen().label(),
                Libtorch.load().threads(),
                NativeThreads.blasThreads());
    }

    /** A path that means the same in another process. */
    public static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** As many threads as there, until this is closed. */
    NativeThreads nativeThreads() {
        return NativeThreads.of(threads, blasThreads);
    }

    public Path folder() {
        return Path.of(model);
    }

    public Optional<Path> adapterFolder() {
        return adapter.isEmpty() ? Optional.empty() : Optional.of(Path.of(adapter));
    }

    /** Where it is computed; of several GPUs on the one that the process was given. */
    public PlacementChoice placement(OptionalInt gpu) {
        boolean own = gpu.isPresent() && device.startsWith("cuda");
        return PlacementChoice.of(own ? "cuda:" + gpu.getAsInt() : device, type);
    }

    /**
     * Opens it.
     *
     * @throws InputException if its files are others here
     */
    public LocalModel open(OptionalInt gpu) {
        Blas.named(blas).choose();
        require(folder(), Sha256.of(folder()), hash);
        adapterFolder().ifPresent(there -> require(there, Sha256.of(AdapterFiles.weights(there)), adapterHash));
        return LocalModel.open(folder(), adapterFolder(), placement(gpu));
    }

    /**
     * Refuses files that are others than where the run was started.
     *
     * @param hash of what is here
     */
    public static void require(Path path, String hash, String wanted) {
        if (!hash.equals(wanted)) {
            throw new InputException(path + " on the machine " + host()
                    + " is another than where the run was started: have the same files at the same places everywhere");
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "of an executor";
        }
    }
}
