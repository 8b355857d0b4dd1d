package org.espalier.tensor;

import java.util.List;
import java.util.Optional;

/**
 * What there is on this machine of what it takes to compute on a GPU, told without computing; and from that, in a sentence,
 * what is in the way.
 *
 * @param fits whether libtorch has a CUDA build for such a machine
 * @param build whether that is on the class path
 * @param missing names of CUDA's own libraries that are not found
 */
public record CudaFacts(boolean fits, boolean build, List<String> missing, CudaDriver driver) {
    /** CUDA that libtorch was built with, as the driver counts. */
    private static final int NEEDED = 13_000;

    private static final String DRIVER = "580 or newer";
    private static final String SETUP = "'espalier setup --cuda' fetches ";
    /** {@code CUDA_ERROR_SYSTEM_DRIVER_MISMATCH} of cuda.h. */
    private static final int DRIVER_MISMATCH = 803;

    public CudaFacts {
        missing = List.copyOf(missing);
    }

    /** Those of this machine. */
    public static CudaFacts here() {
        boolean fits = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        return fits
                ? new CudaFacts(true, CudaBuild.isHere(), CudaLibraries.here().missing(), CudaDriverCalls.here())
                : new CudaFacts(false, false, List.of(), new CudaDriver.Absent());
    }

    /** The GPUs that the driver finds. */
    public List<CudaCard> cards() {
        return driver instanceof CudaDriver.Ready ready ? ready.cards() : List.of();
    }

    /**
     * What is in the way of using a GPU and what to do about it, in a clause; what cannot be fetched first.
     *
     * @param number of the GPU, from 0
     */
    public Optional<String> obstacle(int number) {
        if (!fits) {
            return Optional.of("libtorch has a CUDA build for Linux on x86-64 alone");
        }
        return ofDriver().or(() -> ofCard(number)).or(this::ofLibraries);
    }

    private Optional<String> ofDriver() {
        return switch (driver) {
            case CudaDriver.Absent _ ->
                Optional.of(
                        build
                                ? "NVIDIA's driver (libcuda.so.1) is not here: install it, " + DRIVER
                                        + ", or start the container so that it has its GPUs"
                                : "neither NVIDIA's driver (libcuda.so.1) nor libtorch's CUDA build is here: install the"
                                        + " driver, " + DRIVER + ", then " + SETUP + "the build");
            case CudaDriver.Failing failing -> Optional.of(failed(failing.code()));
            case CudaDriver.Ready ready when ready.cards().isEmpty() -> Optional.of(failed(CudaDriverCalls.NO_DEVICE));
            case CudaDriver.Ready ready
            when ready.version() < NEEDED ->
                Optional.of("NVIDIA's driver is for CUDA " + ready.version() / 1000 + "." + ready.version() % 1000 / 10
                        + ", and libtorch's build needs " + NEEDED / 1000 + ".0: update the driver to " + DRIVER);
            case CudaDriver.Ready _ -> Optional.empty();
        };
    }

    private static String failed(int code) {
        return switch (code) {
            case CudaDriverCalls.NO_DEVICE ->
                "NVIDIA's driver finds no GPU: see what nvidia-smi lists, and whether CUDA_VISIBLE_DEVICES hides it";
            case DRIVER_MISMATCH ->
                "NVIDIA's driver and its part of the kernel are of different versions: start the machine anew";
            default -> "NVIDIA's driver does not work (its error " + code + "): see what nvidia-smi says";
        };
    }

    private Optional<String> ofCard(int number) {
        int count = cards().size();
        if (number >= count) {
            return Optional.of(
                    count == 1
                            ? "there is one GPU, cuda:0"
                            : "there are " + count + " GPUs, cuda:0 to cuda:" + (count - 1));
        }
        CudaCard card = cards().get(number);
        return hasCode(card)
                ? Optional.empty()
                : Optional.of("the " + card.name() + " is of compute capability " + card.capability()
                        + ", and libtorch's build has code for 7.5, 8.x, 9.x, 10.x and 12.x alone");
    }

    /** The build has machine code of sm_75, 80, 90, 100 and 120, which later ones of the same first number run too. */
    private static boolean hasCode(CudaCard card) {
        return switch (card.major()) {
            case 7 -> card.minor() >= 5;
            case 8, 9, 10, 12 -> true;
            default -> false;
        };
    }

    private Optional<String> ofLibraries() {
        if (!build) {
            return Optional.of("libtorch's CUDA build is not here: " + SETUP + "it");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("of CUDA's own libraries " + String.join(", ", missing)
                        + (missing.size() == 1 ? " is" : " are") + " not found: " + SETUP
                        + "them, or name their folder in LD_LIBRARY_PATH");
    }
}
