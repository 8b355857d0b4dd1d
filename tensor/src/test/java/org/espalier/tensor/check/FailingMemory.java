package org.espalier.tensor.check;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.pytorch.Tensor;

/**
 * What stands before each call into libtorch of a class that was loaded for it: from a certain tensor on there is no memory for any,
 * and libtorch says so in its own words.
 */
public final class FailingMemory {
    private static final String WORDS =
            "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate"
                    + " memory: you tried to allocate 1073741824 bytes. Error code 12 (Cannot allocate memory)";
    private static final AtomicLong TENSORS = new AtomicLong();
    private static final AtomicLong ENOUGH = new AtomicLong(Long.MAX_VALUE);
    private static final MethodHandle ASKED = asked();

    private FailingMemory() {}

    private static MethodHandle asked() {
        try {
            return MethodHandles.lookup().findStatic(FailingMemory.class, "ask", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Lets so many more tensors be made. */
    public static void enoughFor(long tensors) {
        TENSORS.set(0);
        ENOUGH.set(tensors);
    }

    /** How many were made, or asked for, since {@link #enoughFor}. */
    public static long tensors() {
        return TENSORS.get();
    }

    private static void ask() {
        if (TENSORS.incrementAndGet() > ENOUGH.get()) {
            throw new RuntimeException(WORDS);
        }
    }

    /** Links a call into libtorch. */
    public static CallSite torch(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            MethodHandle original,
            String owner,
            String method,
            int isStatic) {
        MethodHandle call = original.asFixedArity().asType(type);
        return new ConstantCallSite(
                type.returnType() == Tensor.class ? MethodHandles.foldArguments(call, ASKED) : call);
    }

    /** Links a call of a placement, which is as it was: what it calls asks by itself. */
    public static CallSite placement(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            MethodHandle original,
            String owner,
            String method,
            int isStatic) {
        return new ConstantCallSite(original.asFixedArity().asType(type));
    }
}
