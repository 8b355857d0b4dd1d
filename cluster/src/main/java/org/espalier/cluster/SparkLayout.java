package org.espalier.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;

/**
 * Lays out what a machine needs to work for a cluster: Spark's jars, Espalier's, and what starts a master and workers.
 *
 * @param kubernetes whether Spark's part for Kubernetes is wanted too
 */
public record SparkLayout(SparkHome home, boolean kubernetes) {
    private static final String POM = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.espalier</groupId><artifactId>spark</artifactId><version>1</version><packaging>pom</packaging>
          <dependencyManagement><dependencies>
            <dependency><groupId>org.apache.spark</groupId><artifactId>spark-parent_%1$s</artifactId>\
        <version>%2$s</version><type>pom</type><scope>import</scope></dependency>
          </dependencies></dependencyManagement>
          <dependencies>
        %3$s  </dependencies>
        </project>
        """;

    /** What Maven is asked for. */
    String pom() {
        String dependencies = dependency("spark-core") + (kubernetes ? dependency("spark-kubernetes") : "");
        return POM.formatted(SparkHome.SCALA, SparkHome.VERSION, dependencies);
    }

    private static String dependency(String name) {
        return "    <dependency><groupId>org.apache.spark</groupId><artifactId>%s_%s</artifactId><version>%s</version></dependency>\n"
                .formatted(name, SparkHome.SCALA, SparkHome.VERSION);
    }

    /**
     * Lays out what is not there.
     *
     * @param ours the entries of Espalier's class path
     * @param path where commands are looked for
     * @throws SurroundingsException if Spark cannot be fetched, saying what can be done by hand
     */
    public void run(List<Path> ours, String path, Consumer<String> said) throws InterruptedException {
        Folders.make(home.folder());
        if (!home.complete() || (kubernetes && !home.has("spark-kubernetes"))) {
            fetch(path, said);
        }
        script(
                "start-master",
                java("org.apache.spark.deploy.master.Master")
                        + " --host \"${1:-127.0.0.1}\" --port \"${2:-7077}\" --webui-port 0");
        script(
                "start-worker",
                java("org.apache.spark.deploy.worker.Worker") + " --host \"${2:-127.0.0.1}\" --webui-port 0"
                        + " --work-dir \"${4:-" + home.folder().resolve("work") + "}\" --cores \"${3:-1}\" \"$1\"");
        script("gpus", """
            nvidia-smi --query-gpu=index --format=csv,noheader |
              awk '{printf "%s\\"%s\\"", n++ ? ", " : "{\\"name\\": \\"gpu\\", \\"addresses\\": [", $1} END {print "]}"}'
            """);
        if (kubernetes) {
            AtomicFile.write(home.folder().resolve("Dockerfile"), dockerfile());
        }
        new EspalierCopy(home).write(ours);
    }

    private String java(String main) {
        String opened = String.join(" ", DriverProcess.OPENED);
        return "exec \"$JAVA_HOME/bin/java\" -Xmx512m %s -cp '%s/*' %s".formatted(opened, home.jars(), main);
    }

    private void script(String name, String command) {
        Path file = home.folder().resolve("bin").resolve(name);
        try {
            Files.createDirectories(home.folder().resolve("bin"));
            AtomicFile.write(file, """
                #!/usr/bin/env bash
                # Laid out by 'espalier setup --spark'.
                export SPARK_HOME='%s' SPARK_SCALA_VERSION=%s JAVA_HOME="${JAVA_HOME:-%s}"
                %s
                """.formatted(
                            home.folder(), SparkHome.SCALA, System.getProperty("java.home"), command.strip()));
            if (!file.toFile().setExecutable(true)) {
                throw new SurroundingsException(file + " cannot be made executable");
            }
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }

    /** An image in which everything lies where it lies here. */
    String dockerfile() {
        return """
            FROM eclipse-temurin:25-jre
            # The entry point is that of Spark's own image, from kubernetes/dockerfiles/spark of its distribution.
            COPY entrypoint.sh /opt/
            COPY . %1$s
            ENV SPARK_HOME=%1$s SPARK_SCALA_VERSION=%2$s
            ENTRYPOINT ["/opt/entrypoint.sh"]
            """.formatted(home.folder(), SparkHome.SCALA);
    }

    private void fetch(String path, Consumer<String> said) throws InterruptedException {
        Path maven = maven(path)
                .orElseThrow(() -> new SurroundingsException("Maven (mvn) is not on the PATH to fetch Spark"
                        + " with: install it, or download spark-" + SparkHome.VERSION
                        + "-bin-hadoop3.tgz from https://spark.apache.org/downloads.html, unpack it so that "
                        + home.jars()
                        + " holds its jars, and run the same command"));
        Path pom = home.folder().resolve("pom.xml");
        AtomicFile.write(pom, pom());
        said.accept("Fetching Spark " + SparkHome.VERSION + " with " + maven + " (about 230 MB, once).");
        Path log = home.folder().resolve("fetch.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        maven.toString(),
                        "-B",
                        "-ntp",
                        "-f",
                        pom.toString(),
                        "dependency:copy-dependencies",
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=" + home.jars()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            int code = builder.start().waitFor();
            if (code != 0 || !home.complete()) {
                throw new SurroundingsException("Maven could not fetch Spark; " + log + " says why");
            }
        } catch (IOException e) {
            throw new SurroundingsException(maven + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> maven(String path) {
        List<Path> places = new ArrayList<>();
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                places.add(Path.of(folder));
            }
        }
        return places.stream()
                .flatMap(folder -> Stream.of("mvn", "mvn.cmd").map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
