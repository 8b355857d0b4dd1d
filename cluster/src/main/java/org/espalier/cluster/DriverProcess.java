package org.espalier.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;

/**
 * The process that leads a run on a cluster: this one's command once more, with Spark on its class path.
 *
 * @param options of this process's Java
 * @param ours Espalier's class path
 */
public record DriverProcess(SparkHome home, ClusterAddress address, List<String> options, List<Path> ours) {
    /** Packages of the JDK that Spark reaches into, as its own launcher opens them. */
    static final List<String> OPENED = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.lang.invoke",
                    "java.base/java.lang.reflect",
                    "java.base/java.io",
                    "java.base/java.net",
                    "java.base/java.nio",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.base/java.util.concurrent.atomic",
                    "java.base/jdk.internal.ref",
                    "java.base/sun.nio.ch",
                    "java.base/sun.nio.cs",
                    "java.base/sun.util.calendar",
                    "java.security.jgss/sun.security.krb5")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .toList();

    /** Set in its environment, so that it does not start another. */
    private static final String MARK = "ESPALIER_CLUSTER";

    /** Whether this process is one. */
    public static boolean isThis() {
        return System.getenv(MARK) != null;
    }

    /** Executors write what they do into files of their own, by Spark's means. */
    private static final String LOGGED = "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider";

    /** The options of a Java that executors are to have too. */
    public static List<String> handedOn(List<String> options) {
        Stream<String> own = options.stream()
                .filter(option -> (option.startsWith("-D") && !option.startsWith("-Dslf4j."))
                        || option.startsWith("--enable-native-access")
                        || option.startsWith("--sun-misc-unsafe")
                        || option.startsWith("-XX:+Use"))
                // Spark parts words at blanks.
                .map(option -> option.contains(" ") ? "\"" + option + "\"" : option);
        return Stream.concat(own, Stream.of(LOGGED)).toList();
    }

    /** Its command line. */
    List<String> command(String main, List<String> words) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.stream().filter(option -> !option.startsWith("-XX:AOT")).forEach(line::add);
        line.addAll(OPENED);
        // What Spark does is for those who look after a cluster; and its bridge to ours would lead back to itself.
        line.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
        line.add("-Dslf4j.internal.verbosity=ERROR");
        line.add("-cp");
        line.add(String.join(File.pathSeparator, home.classPath(ours)));
        line.add(main);
        line.addAll(words);
        return line;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put(MARK, "driver");
        environment.put("SPARK_HOME", home.folder().toString());
        environment.put("SPARK_SCALA_VERSION", SparkHome.SCALA);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        if (address instanceof ClusterAddress.Local) {
            environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        }
        return environment;
    }

    /**
     * Runs it, its words in the place of ours.
     *
     * @param main the class that this process was started with
     * @param words of its command line
     * @return its exit code
     */
    public int run(String main, List<String> words) throws InterruptedException {
        home.require(address);
        ProcessBuilder builder = new ProcessBuilder(command(main, words)).inheritIO();
        builder.environment().putAll(environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new SurroundingsException("the process that leads the run cannot be started: " + e.getMessage(), e);
        }
        Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        return process.waitFor();
    }
}
