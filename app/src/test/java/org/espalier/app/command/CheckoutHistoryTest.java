package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutHistoryTest {
    @TempDir
    private Path folder;

    private void git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=A", "-c", "user.email=a@example.org"));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aFileHasTheCommitThatLastChangedItUnlessItDiffersSince() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("study.yaml"), "rows: 1\n");
        assertThat(CheckoutHistory.of(file).file()).isEmpty();

        git("init", "--quiet");
        git("add", "study.yaml");
        git("commit", "--quiet", "-m", "rows");
        String rows = CheckoutHistory.of(file).file().orElseThrow();
        Files.writeString(folder.resolve("other.txt"), "1");
        git("add", "other.txt");
        git("commit", "--quiet", "-m", "other");

        assertThat(rows).matches("[0-9a-f]{40}");
        assertThat(CheckoutHistory.of(file).file()).contains(rows);

        Files.writeString(file, "rows: 2\n");
        assertThat(CheckoutHistory.of(file).file()).isEmpty();
    }
}
