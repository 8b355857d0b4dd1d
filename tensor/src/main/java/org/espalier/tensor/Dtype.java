package org.espalier.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The kinds of number a safetensors file may hold, in the order of the format's reference implementation, which lays
 * the last kind first into a file.
 */
public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /** Bits of one number. */
    public int bits() {
        return bits;
    }

    /** The kind of that name as it stands in a file, if the format has it. */
    public static Optional<Dtype> named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }

    /** What libtorch calls it; none for the kinds that Espalier does not compute with. */
    public Optional<ScalarType> scalarType() {
        return switch (this) {
            case F32 -> Optional.of(ScalarType.Float);
            case F64 -> Optional.of(ScalarType.Double);
            case F16 -> Optional.of(ScalarType.Half);
            case BF16 -> Optional.of(ScalarType.BFloat16);
            case I64 -> Optional.of(ScalarType.Long);
            default -> Optional.empty();
        };
    }

    /** Whether Espalier computes with numbers of this kind. */
    public boolean isComputed() {
        return this == F32 || this == F64 || this == F16 || this == BF16;
    }

    /** The kind that libtorch calls so, if Espalier computes with it. */
    public static Optional<Dtype> of(ScalarType type) {
        return switch (type.intern()) {
            case Float -> Optional.of(F32);
            case Double -> Optional.of(F64);
            case Half -> Optional.of(F16);
            case BFloat16 -> Optional.of(BF16);
            case Long -> Optional.of(I64);
            default -> Optional.empty();
        };
    }
}
