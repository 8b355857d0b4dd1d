package org.espalier.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;
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
     * The device of that name.
     *
     * @throws InputException if there is no device of such a name anywhere
     * @throws SurroundingsException if it is not on this machine, or libtorch cannot compute on it
     */
    public static Device parse(String name) {
        if (name.equals(CPU.name)) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(name);
        if (!cuda.matches()) {
            throw new InputException("there is no device '" + name + "': it is cpu, or cuda:0 for the first GPU");
        }
        Libtorch.load();
        int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        int count = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
        if (number >= count) {
            throw new SurroundingsException("the device " + name + " cannot be used: this libtorch finds "
                    + (count == 0 ? "no GPU" : count + " of them") + ", so take the device cpu");
        }
        return new Device("cuda:" + number, Kind.CUDA);
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
