package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScratchFolderTest {
    private static final String NAME = ".work-";

    @TempDir
    Path folder;

    /** Makes one with a file in it, says where, and waits to be killed. */
    static final class Child {
        public static void main(String[] words) throws IOException, InterruptedException {
            ScratchFolder scratch = ScratchFolder.in(Path.of(words[0]), NAME);
            Files.writeString(
                    Files.createDirectories(scratch.path().resolve("below")).resolve("file"), "half");
            System.out.println(scratch.path());
            Thread.sleep(60_000);
        }
    }

    private Process child() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path made(Process child) throws IOException {
        BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
        return Path.of(said.readLine());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextAndWhatALivingOneUsesIsNot() throws Exception {
        Process living = child();
        Process killed = child();
        try {
            Path inUse = made(living);
            Path left = made(killed);
            killed.destroyForcibly().waitFor();
            assertThat(left.resolve("below/file")).exists();
            Path ours;
            try (ScratchFolder next = ScratchFolder.in(folder, NAME);
                    ScratchFolder another = ScratchFolder.in(folder, NAME)) {
                ours = next.path();
                assertThat(left).doesNotExist();
                assertThat(left.resolveSibling(left.getFileName() + ".lock")).doesNotExist();
                assertThat(inUse.resolve("below/file")).exists();
                assertThat(next.path()).isDirectory();
                assertThat(another.path()).isDirectory();
            }
            assertThat(ours).doesNotExist();
            living.destroyForcibly().waitFor();
            ScratchFolder.sweep(folder, NAME);
            assertThat(folder).isEmptyDirectory();
        } finally {
            living.destroyForcibly();
            killed.destroyForcibly();
        }
    }

    @Test
    void foldersOfOtherNamesAndLinksToElsewhereAreLeftAlone() throws IOException {
        Path other = Files.createDirectories(folder.resolve(".other-1"));
        Files.writeString(folder.resolve(".other-1.lock"), "");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "x");
        Path killed = Files.createDirectories(folder.resolve(NAME + "1-2-x"));
        Files.createSymbolicLink(killed.resolve("link"), elsewhere);
        Files.writeString(folder.resolve(NAME + "1-2-x.lock"), "");
        Files.createSymbolicLink(folder.resolve(NAME + "1-2-y"), elsewhere);
        Files.createSymbolicLink(folder.resolve(NAME + "1-2-y.lock"), elsewhere.resolve("kept"));

        ScratchFolder.sweep(folder, NAME);

        assertThat(other).isDirectory();
        assertThat(elsewhere.resolve("kept")).exists();
        assertThat(killed).doesNotExist();
    }
}
