package org.espalier.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory of the machine is left to this process. */
final class FreeMemory {
    private FreeMemory() {}

    /** Bytes that can be had without anything being swapped out; less where a container allows this process less. */
    static long bytes() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        OptionalLong available = line(Path.of("/proc/meminfo"), "MemAvailable:");
        OptionalLong resident = line(Path.of("/proc/self/status"), "VmRSS:");
        if (available.isEmpty() || resident.isEmpty()) {
            return system.getFreeMemorySize();
        }
        // What a container may use counts the pages of files that it read; what this process holds does not.
        return Math.max(0, Math.min(available.getAsLong(), system.getTotalMemorySize() - resident.getAsLong()));
    }

    /** The kibibytes that a line of a file under /proc says, in bytes; none elsewhere than on Linux. */
    private static OptionalLong line(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
