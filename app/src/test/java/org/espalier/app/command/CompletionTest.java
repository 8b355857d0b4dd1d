package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Has bash complete words by the script. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class CompletionTest {
    @TempDir
    private Path folder;

    @Test
    void completesVerbs() throws Exception {
        assertThat(complete("./espalier", "d")).containsExactlyInAnyOrder("demo", "doctor");
        assertThat(complete("./espalier", "ssui", "")).contains("build", "check", "export", "intake");
    }

    @Test
    void completesOptionsOfAVerbAndSettings() throws Exception {
        assertThat(complete("espalier", "train", "--me")).containsExactly("--method");
        assertThat(complete("espalier", "train", "--la")).containsExactly("--lambda");
        assertThat(complete("espalier", "bench", "compare", "--mi")).containsExactly("--mix-protocols");
    }

    @Test
    void completesFilesWhereAnOptionTakesOne() throws Exception {
        Path model = Files.createDirectory(folder.resolve("a-model"));

        assertThat(complete("espalier", "chat", "--model", folder + "/a-")).containsExactly(model.toString());
        assertThat(complete("espalier", "chat", "--adapter", folder + "/a-")).containsExactly(model.toString());
        assertThat(complete("espalier", "report", folder + "/a-")).containsExactly(model.toString());
        assertThat(complete("espalier", "chat", "--seed", folder + "/a-")).isEmpty();
    }

    @Test
    void refusesAShellItHasNoneFor() {
        Typed typed = new Typed();

        assertThat(typed.run("completion fish")).isEqualTo(2);
        assertThat(typed.err()).contains("there is no completion for a shell 'fish': it is one of bash, zsh");
    }

    /** What bash offers for the last of these words. */
    private List<String> complete(String... words) throws IOException, InterruptedException {
        Typed typed = new Typed();
        typed.done("completion bash");
        Path script = Files.writeString(folder.resolve("completion.bash"), typed.out());
        List<String> line = new ArrayList<>(List.of(
                "bash",
                "-c",
                "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_espalier;"
                        + " for word in \"${COMPREPLY[@]}\"; do echo \"${word% }\"; done",
                script.toString()));
        line.addAll(List.of(words));
        Process process = // That no key was pressed is what bash complains about, and only there.
                new ProcessBuilder(line)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said.lines().toList();
    }
}
