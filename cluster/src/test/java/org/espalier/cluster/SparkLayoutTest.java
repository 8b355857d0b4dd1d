package org.espalier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine of a cluster needs, laid out with a Maven that is a script. */
class SparkLayoutTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private SparkHome home;
    private List<Path> ours;

    @BeforeEach
    void prepare() throws IOException {
        home = new SparkHome(folder.resolve("spark"));
        Path classes = Files.createDirectories(folder.resolve("classes/org"));
        Files.writeString(classes.resolve("A.class"), "a");
        ours = List.of(
                Files.writeString(folder.resolve("main.jar"), "main"),
                Files.writeString(folder.resolve("jackson-annotations-2.22.jar"), "annotations"),
                folder.resolve("classes"));
    }

    /** A folder with a Maven that does what a line says. */
    private String maven(String line) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return bin + ":/nowhere";
    }

    private String fetching() throws IOException {
        return maven("mkdir -p '" + home.jars() + "'; touch '" + home.jars() + "/spark-core_2.13-4.2.0.jar'");
    }

    @Test
    void fetchesSparkOnceAndLaysEspalierBesideIt() throws Exception {
        new SparkLayout(home, false).run(ours, fetching(), said::add);

        assertThat(said).singleElement().asString().contains("Fetching Spark 4.2.0");
        assertThat(Files.readString(home.folder().resolve("pom.xml")))
                .contains("<artifactId>spark-core_2.13</artifactId><version>4.2.0</version>")
                .doesNotContain("kubernetes");
        assertThat(Files.readString(home.folder().resolve("bin/start-master")))
                .contains("export SPARK_HOME='" + home.folder() + "'", "org.apache.spark.deploy.master.Master --host");
        assertThat(home.folder().resolve("bin/start-worker")).isExecutable();
        List<Path> theirs = new EspalierCopy(home).entries(ours);
        assertThat(theirs)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("000-main.jar", "001-jackson-annotations-2.22.jar", "002-classes");
        assertThat(theirs.get(2).resolve("org/A.class")).hasContent("a");
        assertThat(home.classPath(theirs))
                .startsWith(
                        theirs.get(1).toString(),
                        home.jars() + "/*",
                        theirs.get(0).toString());

        new SparkLayout(home, false).run(ours, "/nowhere", said::add);
        assertThat(said).hasSize(1);
    }

    @Test
    void anotherEspalierIsNoticed() throws Exception {
        new SparkLayout(home, false).run(ours, fetching(), said::add);
        Files.writeString(folder.resolve("main.jar"), "another");

        assertThatThrownBy(() -> new EspalierCopy(home).entries(ours))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("run 'espalier setup --spark' again");
    }

    @Test
    void saysWhatToDownloadWhereThereIsNoMaven() {
        assertThatThrownBy(() -> new SparkLayout(home, false).run(ours, "/nowhere", said::add))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("download spark-4.2.0-bin-hadoop3.tgz")
                .hasMessageContaining(home.jars().toString());
    }

    @Test
    void saysWhereAFailureIsExplained() throws Exception {
        String path = maven("echo no network; exit 1");

        assertThatThrownBy(() -> new SparkLayout(home, false).run(ours, path, said::add))
                .hasMessage("Maven could not fetch Spark; " + home.folder().resolve("fetch.log") + " says why");
        assertThat(home.folder().resolve("fetch.log")).hasContent("no network");
    }

    @Test
    void kubernetesNeedsItsOwnPart() throws Exception {
        new SparkLayout(home, false).run(ours, fetching(), said::add);

        assertThatThrownBy(() -> home.require(ClusterAddress.parse("k8s://https://host:6443")))
                .hasMessageContaining("'espalier setup --spark --kubernetes'");
        new SparkLayout(home, true).run(ours, fetching(), said::add);
        assertThat(Files.readString(home.folder().resolve("pom.xml"))).contains("spark-kubernetes_2.13");
        assertThat(Files.readString(home.folder().resolve("Dockerfile"))).contains("COPY . " + home.folder());
    }

    @Test
    void gpusAreToldAsSparkWantsToHearThem() throws Exception {
        new SparkLayout(home, false).run(ours, fetching(), said::add);
        Path bin = Files.createDirectories(folder.resolve("gpu"));
        Path smi = Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\nprintf '0\\n1\\n'\n");
        assertThat(smi.toFile().setExecutable(true)).isTrue();

        ProcessBuilder builder = new ProcessBuilder(home.gpuScript().toString());
        builder.environment().merge("PATH", bin.toString(), (before, first) -> first + ":" + before);
        assertThat(new String(builder.start().getInputStream().readAllBytes()))
                .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
    }
}
