package org.espalier.lab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Sha256;
import org.espalier.hub.KnownFile;
import org.espalier.workflow.setup.NativePart;
import org.espalier.workflow.setup.NativeSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched comes from a server of this machine; the files that are fetched in truth are named in {@link NativePart}. */
class NativeSetupTest {
    @TempDir
    private Path folder;

    private final byte[] jar = new byte[3_000_000];
    private byte[] wheel = {};

    @BeforeEach
    void publish() throws IOException {
        new SplittableRandom(1).nextBytes(jar);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of(
                    "nvidia/cu13/lib/libone.so.1", "nvidia/cu13/lib/libtwo.so.2", "nvidia/cu13/lib/libunused.so.3")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        wheel = bytes.toByteArray();
        Path server = Files.createDirectories(folder.resolve("server/some/files"));
        Files.write(server.resolve("torch-gpu.jar"), jar);
        Files.write(server.resolve("two.whl"), wheel);
    }

    private FolderHub server(int breaks) {
        return FolderHub.start(folder.resolve("server"), 0, Optional.empty(), breaks);
    }

    private NativeSetup setup(FolderHub server, String hashOfJar, Set<String> wanted) {
        return new NativeSetup(
                folder.resolve("cuda"),
                List.of(
                        new NativePart(file(server, "torch-gpu.jar", jar, hashOfJar), List.of()),
                        new NativePart(
                                file(server, "two.whl", wheel, Sha256.of(wheel)),
                                List.of("libone.so.1", "libtwo.so.2"))),
                wanted);
    }

    private static KnownFile file(FolderHub server, String name, byte[] content, String hash) {
        return new KnownFile(server.address().resolve("/some/files/resolve/main/" + name), content.length, hash);
    }

    @Test
    void saysWhatItWouldFetchAndWritesNothing() {
        try (FolderHub server = server(0)) {
            NativeSetup.Plan plan =
                    setup(server, Sha256.of(jar), Set.of("libtwo.so.2")).plan();

            assertThat(plan.files()).extracting(KnownFile::name).containsExactly("torch-gpu.jar", "two.whl");
            assertThat(plan.bytes()).isEqualTo(3_000_000 + wheel.length);
            assertThat(plan.here()).isZero();
            assertThat(folder.resolve("cuda")).doesNotExist();
        }
    }

    @Test
    void goesOnWhereATransferBroke() throws IOException {
        List<Long> told = new ArrayList<>();
        Progress progress = (_, done, _, _) -> told.add(done);
        try (FolderHub server = server(2)) {
            NativeSetup setup = setup(server, Sha256.of(jar), Set.of("libtwo.so.2"));
            setup.run(progress);

            assertThat(folder.resolve("cuda/torch-gpu.jar")).hasBinaryContent(jar);
            assertThat(setup.libraries().resolve("libone.so.1")).hasContent("nvidia/cu13/lib/libone.so.1");
            assertThat(setup.libraries().resolve("libtwo.so.2")).exists();
            assertThat(setup.libraries().resolve("libunused.so.3")).doesNotExist();
            assertThat(folder.resolve("cuda/downloads")).isEmptyDirectory();
            assertThat(told).isSorted().endsWith(4L);
            assertThat(setup.plan().files()).isEmpty();
        }
    }

    @Test
    void goesOnWithWhatAnotherRunBegan() throws IOException {
        Path begun = folder.resolve("cuda/downloads/" + Sha256.of(jar) + ".incomplete");
        Files.createDirectories(begun.getParent());
        Files.write(begun, Arrays.copyOf(jar, 2_000_000));
        try (FolderHub server = server(0)) {
            NativeSetup setup = setup(server, Sha256.of(jar), Set.of());
            assertThat(setup.plan().here()).isEqualTo(2_000_000);
            setup.run(Progress.SILENT);
            assertThat(folder.resolve("cuda/torch-gpu.jar")).hasBinaryContent(jar);
        }
    }

    @Test
    void whatTheMachineHasIsNotFetched() {
        try (FolderHub server = server(0)) {
            NativeSetup setup = setup(server, Sha256.of(jar), Set.of("libother.so.9"));
            setup.run(Progress.SILENT);
            assertThat(folder.resolve("cuda/torch-gpu.jar")).exists();
            assertThat(setup.libraries()).isEmptyDirectory();
        }
    }

    @Test
    void keepsNothingThatIsNotWhatWasMeant() {
        try (FolderHub server = server(0)) {
            NativeSetup setup = setup(server, "0".repeat(64), Set.of());
            assertThatThrownBy(() -> setup.run(Progress.SILENT))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("torch-gpu.jar does not have the content that it should have");
            assertThat(folder.resolve("cuda/torch-gpu.jar")).doesNotExist();
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        KnownFile nowhere = new KnownFile(URI.create("http://127.0.0.1:1/x.jar"), 1, "0".repeat(64));
        NativeSetup setup =
                new NativeSetup(folder.resolve("cuda"), List.of(new NativePart(nowhere, List.of())), Set.of());
        assertThatThrownBy(() -> setup.run(Progress.SILENT))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("http://127.0.0.1:1/x.jar cannot be fetched: nothing answers there");
    }

    @Test
    void theBuildIsOfTheVersionThatIsCompiledAgainst() {
        assertThat(List.of(System.getProperty("java.class.path").split(File.pathSeparator)))
                .anyMatch(entry -> entry.endsWith("pytorch-" + NativePart.TORCH + ".jar"));
        assertThat(NativePart.shelf().cuda())
                .extracting(part -> part.file().name())
                .doesNotHaveDuplicates();
    }
}
