package org.espalier.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/start.sh, with which both launchers end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class StartTest {
    @TempDir
    private Path folder;

    @Test
    void optionsThatJavaDoesNotTakeAreWrongUse() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-uc",
                        "espalier_root=$PWD espalier_java=$1 espalier_jar=none.jar espalier_cache=$2 espalier_classes=$2/none.aot;"
                                + " mkdir \"$2/none.aot.new\"; shift 2; . bin/start.sh",
                        "start",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        folder.toString())
                .directory(Path.of(System.getProperty("espalier.root")).toFile())
                .redirectErrorStream(true);
        builder.environment().put("ESPALIER_JAVA_OPTS", "-Xbad");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip())
                .isEqualTo("espalier: Java does not take ESPALIER_JAVA_OPTS=-Xbad: Unrecognized option: -Xbad");
        assertThat(process.exitValue()).isEqualTo(2);
    }
}
