package org.espalier.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where tensors lie and of which type their numbers are. Whatever is computed with is made through a placement and read
 * back through it, so that nothing lies on another device or rounds to another type than what it meets; what only one kind
 * of device has is chosen here too. A tensor made here belongs to the caller's innermost open {@code PointerScope}.
 *
 * @param type of numbers: F32, F64, BF16 or F16; indices are int64 everywhere
 */
public record Placement(Device device, Dtype type) {
    /** The processor, in float32. */
    public static final Placement CPU = new Placement(Device.CPU, Dtype.F32);

    /** Bytes that a Java buffer holds easily. */
    private static final long PIECE = 1L << 26;

    /** Bytes up to which what goes to a GPU is put into memory that it fetches them from by itself. */
    private static final long SENT_ALONG = 1 << 20;

    public Placement {
        if (!type.isComputed()) {
            throw new IllegalArgumentException("Espalier does not compute in " + type);
        }
    }

    /** The type as libtorch calls it. */
    public ScalarType scalarType() {
        return type.scalarType().orElseThrow();
    }

    /** The same device with another type. */
    public Placement with(Dtype other) {
        return other == type ? this : new Placement(device, other);
    }

    /**
     * The same device with the type of all that is added up over many numbers: normalisers, log-probabilities, gradients,
     * trained parameters. Float32, or float64 where everything is.
     */
    public Placement wide() {
        return with(type == Dtype.F64 ? Dtype.F64 : Dtype.F32);
    }

    /** The type of {@link #wide} where a tensor was made. */
    public static ScalarType wideType(Tensor tensor) {
        return tensor.element_size() == Double.BYTES ? ScalarType.Double : ScalarType.Float;
    }

    /** Numbers in row-major order, rounded to this type. */
    public Tensor numbers(float[] values, long... shape) {
        if (type == Dtype.F64) {
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            return numbers(wide, shape);
        }
        requireFit(values.length, shape);
        Tensor tensor = HostMemory.allocate(ScalarType.Float, shape);
        MemorySegment.copy(MemorySegment.ofArray(values), 0, HostMemory.bytes(tensor), 0, 4L * values.length);
        return here(tensor, Dtype.F32, type);
    }

    /** Numbers in row-major order, rounded to this type. */
    public Tensor numbers(double[] values, long... shape) {
        if (type != Dtype.F64) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return numbers(narrow, shape);
        }
        requireFit(values.length, shape);
        Tensor tensor = HostMemory.allocate(ScalarType.Double, shape);
        MemorySegment.copy(MemorySegment.ofArray(values), 0, HostMemory.bytes(tensor), 0, 8L * values.length);
        return here(tensor, Dtype.F64, type);
    }

    /** Whole numbers in row-major order: ids, places, lengths. */
    public Tensor indices(long[] values, long... shape) {
        requireFit(values.length, shape);
        Tensor tensor = HostMemory.allocate(ScalarType.Long, shape);
        MemorySegment.copy(MemorySegment.ofArray(values), 0, HostMemory.bytes(tensor), 0, 8L * values.length);
        return here(tensor, Dtype.I64, Dtype.I64);
    }

    /** Zeros of this type. */
    public Tensor zeros(long... shape) {
        Libtorch.load();
        try (TensorOptions options = torch.dtype(scalarType())) {
            if (device.isHost()) {
                return torch.zeros(shape, options);
            }
            try (org.bytedeco.pytorch.Device place = device.torch();
                    DeviceOptional given = new DeviceOptional(place);
                    TensorOptions there = options.device(given)) {
                return torch.zeros(shape, there);
            }
        }
    }

    /**
     * A stored tensor, its numbers converted to this type.
     *
     * @throws org.espalier.core.InputException as {@link TensorSource#read}
     */
    public Tensor read(TensorSource source, String name) {
        Dtype stored = source.info(name).dtype();
        return here(source.read(name), stored, stored == Dtype.I64 ? stored : type);
    }

    /**
     * Stored tensors one below the other, converted to this type. Where nothing is to be converted each is read to its place,
     * so that loading takes no memory beside the weights.
     *
     * @param shape of the whole
     * @throws org.espalier.core.InputException as {@link TensorSource#read}
     */
    public Tensor read(TensorSource source, List<String> names, long... shape) {
        Tensor whole = device.isHost() ? HostMemory.allocate(scalarType(), shape) : zeros(shape);
        long at = 0;
        for (String name : names) {
            TensorInfo stored = source.info(name);
            try (PointerScope scope = new PointerScope()) {
                Tensor part = whole.narrow(0, at, stored.dimensions()[0]);
                if (device.isHost() && stored.dtype() == type) {
                    source.read(name, part);
                } else {
                    part.copy_(read(source, name));
                }
            }
            at += stored.dimensions()[0];
        }
        return whole;
    }

    /**
     * A stored tensor in the type in which it is stored.
     *
     * @throws org.espalier.core.InputException as {@link TensorSource#read}
     */
    public Tensor stored(TensorSource source, String name) {
        Dtype stored = source.info(name).dtype();
        return here(source.read(name), stored, stored);
    }

    /** The values in row-major order, rounded to float32, whatever their type and layout. */
    public float[] floats(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = onHost(tensor, ScalarType.Float);
            float[] values = new float[count(host)];
            MemorySegment.copy(HostMemory.bytes(host), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
            return values;
        }
    }

    /** The values in row-major order, whatever their type and layout. */
    public double[] doubles(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = onHost(tensor, ScalarType.Double);
            double[] values = new double[count(host)];
            MemorySegment.copy(HostMemory.bytes(host), ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
            return values;
        }
    }

    /** The values in row-major order, towards zero, whatever their type and layout. */
    public long[] longs(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = onHost(tensor, ScalarType.Long);
            long[] values = new long[count(host)];
            MemorySegment.copy(HostMemory.bytes(host), ValueLayout.JAVA_LONG, 0, values, 0, values.length);
            return values;
        }
    }

    /** The value of a tensor that has one. */
    public double number(Tensor tensor) {
        return tensor.item_double();
    }

    /** The value of a tensor that has one. */
    public boolean truth(Tensor tensor) {
        return tensor.item_bool();
    }

    /**
     * Hands over the bytes of a tensor of this type, piece by piece; pieces are to be read before the call returns.
     *
     * @param take is given each in turn
     */
    public void send(Tensor tensor, Consumer<ByteBuffer> take) {
        try (PointerScope scope = new PointerScope()) {
            pieces(onHost(tensor, scalarType()), take);
        }
    }

    /**
     * Puts bytes in the place of a contiguous tensor's, which is of this type.
     *
     * @param fill is given room for each piece in turn
     */
    public void receive(Tensor tensor, Consumer<ByteBuffer> fill) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            if (device.isHost()) {
                pieces(tensor, fill);
            } else {
                Tensor host = HostMemory.allocate(scalarType(), tensor.numel());
                pieces(host, fill);
                tensor.copy_(host.view_as(tensor));
            }
        }
    }

    private static void pieces(Tensor host, Consumer<ByteBuffer> use) {
        MemorySegment bytes = HostMemory.bytes(host);
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            use.accept(bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at)).asByteBuffer());
        }
    }

    /** The operators for attention of this device. */
    public AttentionKernel attention() {
        return device.isProcessor() ? CpuAttention.KERNEL : PlainAttention.KERNEL;
    }

    /**
     * Whether a product is too small for something that a processor gains by.
     *
     * @param operations of the product, in floating point
     */
    public boolean isSmall(SmallProduct limit, long operations) {
        return device.isProcessor() && operations < limit.operations();
    }

    /** Whether several threads can compute here at once, each on a processor of its own. */
    public boolean takesThreads() {
        return device.isProcessor();
    }

    /** Threads for products that are small for this, or are not; to be closed when they are done. */
    public NativeThreads threads(SmallProduct limit, long operations) {
        return device.isProcessor()
                ? NativeThreads.suited(isSmall(limit, operations), scalarType())
                : NativeThreads.unchanged();
    }

    /** Bytes that tensors can still take here, about. What is decided by it must change no number. */
    public long room() {
        return device.isHost() ? FreeMemory.bytes() : GpuMemory.free(device.number());
    }

    /**
     * The same for one of several processes or threads that begin together on this machine: they share what the processor has, and
     * a GPU is one's own.
     */
    public long room(int sharing) {
        return device.isHost() ? room() / sharing : room();
    }

    /** Gives back memory that is held here for later tensors: to be called where a tensor could not be made. */
    public void release() {
        if (!device.isHost()) {
            GpuMemory.release();
        }
    }

    /** Waits until what was begun here is done, which on a processor it is; for whoever takes the time. */
    public void await() {
        if (!device.isHost()) {
            torch.synchronizeDevice(device.number());
        }
    }

    /** Bytes of the tensors that there were here at once since {@link #forgetPeak}; empty where only the system can tell. */
    public OptionalLong peak() {
        return device.isHost() ? OptionalLong.empty() : OptionalLong.of(GpuMemory.peak(device.number()));
    }

    /** Begins a new {@link #peak}. */
    public void forgetPeak() {
        if (!device.isHost()) {
            GpuMemory.forgetPeak(device.number());
        }
    }

    /** Brings a new tensor of the host here. */
    private Tensor here(Tensor host, Dtype is, Dtype wanted) {
        ScalarType as = wanted.scalarType().orElseThrow();
        if (device.isHost()) {
            return is == wanted ? host : host.to(as);
        }
        Tensor converted = is == wanted ? host : host.to(as);
        // A small one waits for nothing: what was begun before goes on meanwhile.
        boolean small = converted.nbytes() <= SENT_ALONG;
        try (org.bytedeco.pytorch.Device place = device.torch();
                MemoryFormatOptional format = new MemoryFormatOptional()) {
            return (small ? converted.pin_memory() : converted).to(place, as, small, false, format);
        }
    }

    private static Tensor onHost(Tensor tensor, ScalarType wanted) {
        return tensor.detach().cpu().to(wanted).contiguous();
    }

    private static int count(Tensor host) {
        long count = host.numel();
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a Java array cannot hold " + count + " values");
        }
        return (int) count;
    }

    private static void requireFit(int values, long[] shape) {
        List<Long> lengths = Arrays.stream(shape).boxed().toList();
        if (new TensorInfo(Dtype.I64, lengths).elements() != values) {
            throw new IllegalArgumentException(values + " values do not fill the shape " + lengths);
        }
    }
}
