package org.espalier.srpo.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The greatest resident memory of this process since it was last asked to forget, where the system tells it (Linux). */
final class ResidentMemory {
    private ResidentMemory() {}

    /** Begins anew. */
    static void forget() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException | SecurityException e) {
            // Elsewhere than on Linux there is no peak to reset; peak() then says that it does not know.
            return;
        }
    }

    /** In MiB. */
    static OptionalLong peak() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
