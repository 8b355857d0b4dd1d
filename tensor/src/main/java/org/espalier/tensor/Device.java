package org.espalier.tensor;

import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/**
 * What computes, and in whose memory.
 *
 * @param name as libtorch has it: {@code cpu}, {@code cuda:0}
 */
public record Device(String name) {
    /** The processor and the memory of this process. */
    public static final Device CPU = new Device("cpu");

    private static final Pattern CUDA = Pattern.compile("cuda(:\\d{1,2})?");

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
        if (!CUDA.matcher(name).matches()) {
            throw new InputException("there is no device '" + name + "': it is cpu, or cuda:0 for the first GPU");
        }
        Libtorch.load();
        if (!torch.cuda_is_available()) {
            throw new SurroundingsException("the device " + name + " cannot be used: this libtorch computes on the"
                    + " processor alone, so take the device cpu");
        }
        return new Device(name.equals("cuda") ? "cuda:0" : name);
    }

    @Override
    public String toString() {
        return name;
    }
}
