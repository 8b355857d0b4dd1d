package org.espalier.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of processes in MiB, where the system tells it (Linux). */
public final class ProcessMemory {
    private static final String SELF = "self";

    private ProcessMemory() {}

    /** The greatest that this process held is from now on. */
    public static void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException | SecurityException e) {
            // Elsewhere than on Linux there is no peak to reset; peak() then says that it does not know.
            return;
        }
    }

    /** The greatest that this process held. */
    public static OptionalLong peak() {
        return of(SELF, "VmHWM:");
    }

    /** The greatest that another held. */
    static OptionalLong peak(long pid) {
        return of(String.valueOf(pid), "VmHWM:");
    }

    /** What another holds. */
    static OptionalLong resident(long pid) {
        return of(String.valueOf(pid), "VmRSS:");
    }

    private static OptionalLong of(String pid, String key) {
        try {
            return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
