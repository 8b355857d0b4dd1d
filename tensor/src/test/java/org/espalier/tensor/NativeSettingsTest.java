package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeSettingsTest {
    @Test
    void aProgramThatKnowsOfNothingGetsTheFastThreadsAndNoLimitOnMemory() throws Exception {
        assertThat(run(Map.of())).isEqualTo("passive 1 0 0");
    }

    @Test
    void whatTheEnvironmentSaysStays() throws Exception {
        assertThat(run(Map.of("OMP_WAIT_POLICY", "active"))).isEqualTo("active 1 0 0");
    }

    private static String run(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName());
        program.environment().keySet().removeAll(Set.of("OMP_WAIT_POLICY", "THP_MEM_ALLOC_ENABLE"));
        program.environment().putAll(environment);
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().reduce((_, last) -> last).orElseThrow();
    }

    /** What an embedder's program finds once Espalier has touched the library. */
    static final class Program {
        public static void main(String[] args) throws Throwable {
            Libtorch.load();
            System.out.println(environment("OMP_WAIT_POLICY") + " " + environment("THP_MEM_ALLOC_ENABLE") + " "
                    + Pointer.maxBytes() + " " + Pointer.maxPhysicalBytes());
        }

        /** As native code sees it. */
        private static String environment(String name) throws Throwable {
            Linker linker = Linker.nativeLinker();
            MethodHandle getenv = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("getenv"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
                return value.equals(MemorySegment.NULL)
                        ? "unset"
                        : value.reinterpret(64).getString(0);
            }
        }
    }
}
