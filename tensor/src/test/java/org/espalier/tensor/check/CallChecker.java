package org.espalier.tensor.check;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * What stands before each call into libtorch of a class that was loaded to be checked. The placements of all arguments are
 * one, and that of the result; what no placement made belongs to none. Calls of {@code Placement} itself are let through,
 * and what they return belongs to the placement.
 */
public final class CallChecker {
    private static final MethodHandle TORCH = handle("torch", Call.class);
    private static final MethodHandle PLACEMENT = handle("placement", Call.class);

    private static final Tags TAGS = new Tags();
    private static final ThreadLocal<Integer> INSIDE = ThreadLocal.withInitial(() -> 0);

    /** A call as it stands in a class. */
    private record Call(TensorCalls what, String where, MethodHandle original) {}

    private CallChecker() {}

    private static MethodHandle handle(String name, Class<?> first) {
        try {
            return MethodHandles.lookup()
                    .findStatic(CallChecker.class, name, MethodType.methodType(Object.class, first, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Links a call into libtorch; {@code original} takes what the call takes. */
    public static CallSite torch(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            MethodHandle original,
            String owner,
            String method,
            int isStatic) {
        return site(TORCH, caller, type, original, owner, method, isStatic != 0);
    }

    /** Links a call of a placement. */
    public static CallSite placement(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            MethodHandle original,
            String owner,
            String method,
            int isStatic) {
        return site(PLACEMENT, caller, type, original, owner, method, isStatic != 0);
    }

    private static CallSite site(
            MethodHandle check,
            MethodHandles.Lookup caller,
            MethodType type,
            MethodHandle original,
            String owner,
            String method,
            boolean isStatic) {
        MethodType own = isStatic ? type : type.dropParameterTypes(0, 1);
        TensorCalls what = new TensorCalls(
                owner,
                method,
                Stream.of(own.parameterArray()).map(Class::getName).toList(),
                type.returnType().getName(),
                isStatic);
        MethodHandle spread = original.asFixedArity().asType(type).asSpreader(Object[].class, type.parameterCount());
        Call call = new Call(
                what,
                caller.lookupClass().getName(),
                spread.asType(MethodType.methodType(Object.class, Object[].class)));
        return new ConstantCallSite(check.bindTo(call)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type));
    }

    private static @Nullable Object torch(Call call, Object[] arguments) throws Throwable {
        if (INSIDE.get() > 0 || call.what().handles()) {
            return call.original().invokeExact(arguments);
        }
        List<Pointer> pointers = new ArrayList<>();
        for (Object argument : arguments) {
            for (Object one : argument instanceof Object[] several ? several : new Object[] {argument}) {
                if (one instanceof Pointer pointer) {
                    pointers.add(pointer);
                }
            }
        }
        Optional<Tag> tag = joined(call, pointers);
        if (call.what().readsBack() && !call.where().startsWith("org.espalier.tensor.")) {
            throw new MixedPlacements(call.where() + " reads numbers back by " + call.what()
                    + ": let the placement read them, which says that it waits for the device");
        }
        Object result = call.original().invokeExact(arguments);
        Optional<Tag> of = tag.or(() -> call.what().creates() ? Optional.of(Tag.HOST) : Optional.empty());
        if (of.isPresent() && result instanceof Pointer made) {
            requireExact(call, of.get(), made);
            TAGS.put(made, of.get());
        }
        if (tag.isPresent() && !call.what().isStatic() && isContainer(arguments[0])) {
            // It may have been filled by the call.
            TAGS.put(arguments[0], tag.get());
        }
        return result;
    }

    private static boolean isContainer(@Nullable Object receiver) {
        return receiver instanceof Tensor || receiver instanceof TensorVector || receiver instanceof IValueVector;
    }

    private static Optional<Tag> joined(Call call, List<Pointer> pointers) {
        Optional<Tag> all = Optional.empty();
        for (Pointer pointer : pointers) {
            Optional<Tag> own = TAGS.of(pointer);
            if (own.isPresent() && all.isPresent()) {
                if (!own.get().device().equals(all.get().device())) {
                    throw new MixedPlacements(call.where() + " mixes devices in " + call.what() + ": one tensor is on "
                            + all.get().device() + ", another on " + own.get().device());
                }
                all = Optional.of(new Tag(
                        own.get().device(), own.get().exact() || all.get().exact()));
            } else {
                all = all.or(() -> own);
            }
        }
        if (all.isPresent()) {
            for (Pointer pointer : pointers) {
                requireExact(call, all.get(), pointer);
            }
        }
        return all;
    }

    /** Where everything is float64, nothing may be rounded to less on the way. */
    private static void requireExact(Call call, Tag tag, Pointer pointer) {
        if (!tag.exact() || !(pointer instanceof Tensor tensor) || !tensor.defined() || !tensor.is_floating_point()) {
            return;
        }
        ScalarType type = tensor.scalar_type().intern();
        if (type != ScalarType.Double) {
            throw new MixedPlacements(
                    call.where() + " has numbers of the type " + type + " in " + call.what() + " among float64");
        }
    }

    private static @Nullable Object placement(Call call, Object[] arguments) throws Throwable {
        Tag own = tag(arguments[0]);
        if (INSIDE.get() == 0) {
            for (Object argument : arguments) {
                if (argument instanceof Tensor tensor) {
                    Optional<Tag> of = TAGS.of(tensor);
                    if (of.isPresent() && !of.get().device().equals(own.device())) {
                        throw new MixedPlacements(call.where() + " reads a tensor on "
                                + of.get().device() + " through a placement on " + own.device());
                    }
                }
            }
        }
        INSIDE.set(INSIDE.get() + 1);
        Object result;
        try {
            result = call.original().invokeExact(arguments);
        } finally {
            INSIDE.set(INSIDE.get() - 1);
        }
        if (INSIDE.get() == 0 && result instanceof Tensor made) {
            TAGS.put(made, own);
        }
        return result;
    }

    /** The placement is of a class that was loaded to be checked, which this one cannot name. */
    private static Tag tag(Object placement) throws ReflectiveOperationException {
        Object device = placement.getClass().getMethod("device").invoke(placement);
        Object type = placement.getClass().getMethod("type").invoke(placement);
        return new Tag(String.valueOf(device), String.valueOf(type).equals("F64"));
    }
}
