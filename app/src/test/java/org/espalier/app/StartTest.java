package org.espalier.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /** Ends as Java does that finds no jar; what is said is given back. */
    private String started(String before, String options) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-uc",
                        "espalier_root=$PWD espalier_java=$1 espalier_jar=none.jar espalier_cache=$2 espalier_classes=$2/none.aot;"
                                + before + "; shift 2; . bin/start.sh",
                        "start",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        folder.toString())
                .directory(Path.of(System.getProperty("espalier.root")).toFile())
                .redirectErrorStream(true);
        builder.environment().put("ESPALIER_JAVA_OPTS", options);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.strip() + " (" + process.exitValue() + ")";
    }

    @Test
    void optionsThatJavaDoesNotTakeAreWrongUse() throws Exception {
        assertThat(started("mkdir \"$2/none.aot.new\"", "-Xbad"))
                .isEqualTo("espalier: Java does not take ESPALIER_JAVA_OPTS=-Xbad: Unrecognized option: -Xbad (2)");
    }

    @Test
    void aMakingOfTheClassesThatWasKilledIsNotInTheWayOfTheNext() throws Exception {
        String begun = "mkdir \"$2/none.aot.new\"; touch \"$2/none.aot.new/half\"; sh -c : & ended=$!; wait";
        started(begun + "; echo $$ >\"$2/none.aot.new/pid\"", "");
        assertThat(folder.resolve("none.aot.new/half")).as("its maker is alive").exists();
        Files.delete(folder.resolve("none.aot.new/half"));
        started(begun.replace("mkdir ", "mkdir -p ") + "; echo $ended >\"$2/none.aot.new/pid\"", "");
        assertThat(folder.resolve("none.aot.new")).as("begun anew").isDirectory();
        assertThat(folder.resolve("none.aot.new/half")).doesNotExist();
        started("touch \"$2/none.aot.new/half\" \"$2/none.aot.new/ended\"", "");
        assertThat(folder.resolve("none.aot.new/half"))
                .as("it failed, and would again")
                .exists();
    }
}
