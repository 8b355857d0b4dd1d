package org.espalier.hub.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock on a file, as {@code flock} gives it, which is what Python's programs ask for beside the shared cache. Java's own locks
 * are of another kind on Linux (those of {@code fcntl}), and the two do not see each other. Where the system has no
 * {@code flock}, Java's is taken. The lock goes with the process.
 */
final class SystemLock implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int EXCLUSIVE_AT_ONCE = 2 | 4;

    /** Frees what is held. */
    private interface Held {
        void free() throws IOException;
    }

    private final Held held;

    private SystemLock(Held held) {
        this.held = held;
    }

    /** Takes the lock if nobody has it; makes the file and its folder. */
    static Optional<SystemLock> attempt(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            try {
                Files.createFile(file);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process made it in between, which is as well.
            }
        }
        Optional<MethodHandle> open = function(
                "open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        Optional<MethodHandle> flock = function(
                "flock", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        Optional<MethodHandle> close =
                function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return open.isPresent() && flock.isPresent() && close.isPresent()
                ? byFlock(file, open.get(), flock.get(), close.get())
                : byJava(file);
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(symbol -> linker.downcallHandle(symbol, shape));
    }

    private static Optional<SystemLock> byFlock(Path file, MethodHandle open, MethodHandle flock, MethodHandle close)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(file.toString());
            int descriptor = (int) open.invokeExact(name, READ_WRITE);
            if (descriptor < 0) {
                return byJava(file);
            }
            if ((int) flock.invokeExact(descriptor, EXCLUSIVE_AT_ONCE) != 0) {
                int _ = (int) close.invokeExact(descriptor);
                return Optional.empty();
            }
            return Optional.of(new SystemLock(() -> closed(close, descriptor)));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("flock could not be called", e);
        }
    }

    /** Closing a descriptor frees its lock. */
    private static void closed(MethodHandle close, int descriptor) {
        try {
            int _ = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close could not be called", e);
        }
    }

    private static Optional<SystemLock> byJava(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new SystemLock(channel::close));
            }
        } catch (OverlappingFileLockException e) {
            // This process has it, on another thread.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        held.free();
    }
}
