package org.espalier.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs bin/locale.sh, as the launcher and the check do, beside a system that knows what it is told to. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LocaleTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ANSI_X3.4-1968, C C.utf8 POSIX, C.UTF-8",
        "US-ASCII, C C.UTF-8 POSIX, C.UTF-8",
        "ANSI_X3.4-1968, C POSIX, C",
        "UTF-8, C C.utf8 POSIX, C",
        "ISO-8859-1, C C.utf8 POSIX, C",
    })
    void takesLettersOfAllKindsWhereThereAreNone(String charmap, String known, String becomes) throws Exception {
        Path locale = Files.writeString(
                folder.resolve("locale"),
                "#!/bin/sh\n[ \"$1\" = charmap ] && echo " + charmap + " || printf '%s\\n' " + known + "\n");
        assertThat(locale.toFile().setExecutable(true)).isTrue();

        assertThat(set()).isEqualTo(becomes);
    }

    private String set() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-uc", ". bin/locale.sh; espalier_set_locale; printf %s \"$LC_ALL\"")
                .directory(Path.of(System.getProperty("espalier.root")).toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
