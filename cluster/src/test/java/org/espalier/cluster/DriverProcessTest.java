package org.espalier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverProcessTest {
    @TempDir
    Path folder;

    private DriverProcess driver(String address) {
        return new DriverProcess(
                new SparkHome(folder.resolve("spark")),
                ClusterAddress.parse(address),
                List.of("-Xmx1g", "-XX:AOTCache=classes.aot", "-Da=b c"),
                List.of(Path.of("/lib/main.jar"), Path.of("/lib/jackson-annotations-2.22.jar")));
    }

    @Test
    void isTheSameCommandWithSparkOnItsClassPath() {
        List<String> line =
                driver("spark://host:7077").command("Main", List.of("explore", "--on", "spark://host:7077"));

        assertThat(line)
                .contains("-Xmx1g", "-Da=b c", "--add-opens=java.base/java.nio=ALL-UNNAMED")
                .doesNotContain("-XX:AOTCache=classes.aot")
                .endsWith("Main", "explore", "--on", "spark://host:7077");
        assertThat(line.get(line.indexOf("-cp") + 1))
                .isEqualTo("/lib/jackson-annotations-2.22.jar:" + folder.resolve("spark/jars/*")
                        + ":/lib/main.jar:/lib/jackson-annotations-2.22.jar");
        assertThat(DriverProcess.handedOn(
                        List.of("-Xmx1g", "-Da=b c", "-Dslf4j.provider=none", "-Dx=y", "-XX:+UseSerialGC")))
                .containsExactly(
                        "\"-Da=b c\"",
                        "-Dx=y",
                        "-XX:+UseSerialGC",
                        "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider");
    }

    @Test
    void aLocalClusterStaysOnThisMachine() {
        assertThat(driver("local-cluster[2,1,512]").environment())
                .containsEntry("SPARK_LOCAL_IP", "127.0.0.1")
                .containsEntry("SPARK_HOME", folder.resolve("spark").toString());
        assertThat(driver("spark://host:7077").environment()).doesNotContainKey("SPARK_LOCAL_IP");
    }

    @Test
    void saysHowSparkComesWhereItIsNot() {
        assertThatThrownBy(() -> driver("local-cluster[2,1,512]").run("Main", List.of()))
                .isInstanceOf(SurroundingsException.class)
                .hasMessage(
                        "Spark is not in " + folder.resolve("spark") + ": 'espalier setup --spark' brings it there");
    }

    @Test
    void theClassPathNamesWhatAManifestNames() throws Exception {
        Path library = Files.createDirectories(folder.resolve("lib")).resolve("a.jar");
        jar(library, "");
        Path main = folder.resolve("main.jar");
        jar(main, "lib/a.jar lib/none.jar");

        assertThat(OwnClassPath.entries(main + ":" + folder.resolve("lib") + ":" + library + ":/nowhere"))
                .containsExactly(main, library, folder.resolve("lib"));
    }

    private static void jar(Path file, String classPath) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }
}
