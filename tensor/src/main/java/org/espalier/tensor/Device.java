package org.espalier.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * What computes, and in whose memory.
 *
 * @param name as libtorch has it, as {@code cpu}, {@code cuda:0}; of a pretended one, any
 */
public record Device(String name, Kind kind) {
    /** What is particular to it. */
    public enum Kind {
        /** Has operators, number types and threads of its own to choose. */
        PROCESSOR,
        /** Has memory of its own. */
        CUDA,
        /**
         * The processor under another name, on which whatever only a processor has is not chosen: on it, tests see what
         * would mix on a GPU.
         */
        PRETENDED
    }

    /** The processor and the memory of this process. */
    public static final Device CPU = new Device("cpu", Kind.PROCESSOR);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

    /**
     * The device of that name. The first GPU that is asked for has libtorch's CUDA build loaded, which must be the first that is
     * used of libtorch in a process.
     *
     * @throws InputException if there is no device of such a name anywhere
     * @throws SurroundingsException if it is not on this machine, or libtorch cannot compute on it; the sentence says what is
     *     missing
     */
    public static Device parse(String name) {
        if (name.equals(CPU.name)) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(name);
        if (!cuda.matches()) {
            throw new InputException("there is no device '" + name + "': it is cpu, or cuda:0 for the first GPU");
        }
        int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        CudaFacts.here().obstacle(number).ifPresent(why -> {
            throw new SurroundingsException(refused(name, why));
        });
        Device gpu = new Device("cuda:" + number, Kind.CUDA);
        Libtorch.loadForGpus();
        gpu.tryOut();
        return gpu;
    }

    private static String refused(String name, String why) {
        return "the device " + name + " cannot be used: " + why + "; or take the device cpu";
    }

    /** A first sum, which begins CUDA: what the driver did not tell shows here and not in the middle of a run. */
    private void tryOut() {
        Placement here = new Placement(this, Dtype.F32);
        double two;
        try (PointerScope scope = new PointerScope()) {
            two = here.number(here.numbers(new float[] {1, 1}, 2).sum());
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new SurroundingsException(refused(name, "CUDA does not begin to work there (" + said + ")"), e);
        }
        if (two != 2) {
            throw new SurroundingsException(refused(name, "it adds 1 and 1 to " + two));
        }
    }

    /** Its name and, of a GPU, what it is. */
    public String described() {
        return kind == Kind.CUDA
                ? name + " (" + CudaFacts.here().cards().get(number()).name() + ")"
                : name;
    }

    /** Its number among those of its kind. */
    byte number() {
        return Byte.parseByte(name.substring(name.indexOf(':') + 1));
    }

    /** Whether its memory is that of this process. */
    boolean isHost() {
        return kind != Kind.CUDA;
    }

    /** As libtorch takes it. */
    org.bytedeco.pytorch.Device torch() {
        return new org.bytedeco.pytorch.Device(name);
    }

    /** Whether there is something to choose for a processor. */
    boolean isProcessor() {
        return kind == Kind.PROCESSOR;
    }

    @Override
    public String toString() {
        return name;
    }
}
