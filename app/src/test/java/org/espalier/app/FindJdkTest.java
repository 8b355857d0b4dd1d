package org.espalier.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/find-jdk.sh, as the launcher and the check do, among JDKs made for the purpose. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class FindJdkTest {
    @TempDir
    private Path folder;

    @Test
    void takesJavaHomeWhereItIsNewEnough() throws Exception {
        Path home = jdk("home with blanks", "25.0.3");
        jdk("jvm/other", "25.0.3");

        assertThat(find(home, "")).isEqualTo(new Found(0, home.toString()));
    }

    @Test
    void looksFurtherWhereJavaHomeAndThePathAreTooOld() throws Exception {
        Path home = jdk("home", "17.0.15");
        Path path = jdk("path", "21");
        Path wanted = jdk("jvm/temurin-25", "25.0.3");
        jdk("jvm/openjdk-17", "17.0.15");
        jdk("jvm/openjdk-26", "26-ea");

        assertThat(find(home, path + "/bin")).isEqualTo(new Found(0, wanted.toString()));
    }

    @Test
    void followsTheLinkOfTheCommandOnThePath() throws Exception {
        Path wanted = jdk("somewhere/jdk", "25");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("javac"), Path.of("../somewhere/jdk/bin/javac"));

        assertThat(find(folder.resolve("none"), bin.toString())).isEqualTo(new Found(0, wanted.toString()));
    }

    @Test
    void saysInOneSentenceHowToGetOne() throws Exception {
        Path old = jdk("jvm/openjdk-17", "17.0.15");
        jdk("jvm/jdk8", "1.8.0_402");

        Found found = find(folder.resolve("none"), "");

        assertThat(found.code()).isEqualTo(3);
        assertThat(found.said())
                .isEqualTo("Espalier needs a JDK 25 or newer and the newest found is 17 in " + old + ": install one"
                        + " (https://adoptium.net, or 'sdk install java 25-tem') or set JAVA_HOME to it.");
    }

    @Test
    void ignoresARuntimeWithoutACompiler() throws Exception {
        Path runtime = jdk("jvm/jre-25", "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));

        assertThat(find(runtime, "").said()).contains("none was found");
    }

    /** As in a container; the shell stops at names that are not set. */
    @Test
    void looksOnWhereThereIsNoHome() throws Exception {
        Path wanted = jdk("jvm/temurin-25", "25.0.3");

        assertThat(find(folder.resolve("none"), "", Map.of())).isEqualTo(new Found(0, wanted.toString()));
    }

    private record Found(int code, String said) {}

    private Found find(Path javaHome, String path) throws IOException, InterruptedException {
        return find(javaHome, path, Map.of("HOME", folder.toString()));
    }

    private Found find(Path javaHome, String path, Map<String, String> home) throws IOException, InterruptedException {
        String root = System.getProperty("espalier.root");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-uc", ". bin/find-jdk.sh; espalier_find_jdk; printf %s \"$JAVA_HOME\"")
                .directory(Path.of(root).toFile())
                .redirectErrorStream(true);
        // Of the tools on the usual path, finding needs these two.
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"dirname", "readlink"}) {
            Path script = tools.resolve(tool);
            String real = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" : "/bin/";
            Files.writeString(script, "#!/bin/sh\nexec " + real + tool + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        builder.environment().remove("HOME");
        builder.environment().putAll(home);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", javaHome.toString(),
                        "PATH", path + ":" + tools,
                        "ESPALIER_JDK_FOLDERS", folder.resolve("jvm").toString()));
        builder.command().set(0, Files.exists(Path.of("/bin/bash")) ? "/bin/bash" : "/usr/bin/bash");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Found(process.exitValue(), said);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        for (String program : new String[] {"bin/java", "bin/javac"}) {
            Path file = home.resolve(program);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
