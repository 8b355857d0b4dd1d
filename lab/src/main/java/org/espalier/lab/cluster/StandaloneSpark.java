package org.espalier.lab.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.cluster.SparkHome;
import org.espalier.core.SurroundingsException;

/** A master and workers of one core each on this machine, started by the scripts that {@code setup --spark} lays out. */
final class StandaloneSpark implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE = 300_000_000_000L;

    private final List<Process> processes = new ArrayList<>();
    private final int port;

    private StandaloneSpark(int port) {
        this.port = port;
    }

    /** @param folder for their logs and work */
    static StandaloneSpark start(SparkHome home, int workers, Path folder) throws InterruptedException {
        StandaloneSpark spark = new StandaloneSpark(freePort());
        Path bin = home.folder().resolve("bin");
        spark.start(folder.resolve("master.log"), bin.resolve("start-master"), HOST, String.valueOf(spark.port));
        spark.awaitMaster();
        for (int i = 0; i < workers; i++) {
            Path log = folder.resolve("worker-" + i + ".log");
            String work = folder.resolve("work-" + i).toString();
            spark.start(log, bin.resolve("start-worker"), spark.address(), HOST, "1", work);
        }
        return spark;
    }

    String address() {
        return "spark://" + HOST + ":" + port;
    }

    private void start(Path log, Path script, String... words) {
        List<String> line = new ArrayList<>(List.of(script.toString()));
        line.addAll(List.of(words));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("SPARK_LOCAL_IP", HOST);
            processes.add(builder.start());
        } catch (IOException e) {
            throw new SurroundingsException(script + " cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitMaster() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(HOST, port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new SurroundingsException("Spark's master did not listen at " + address());
    }

    /** Kills a worker and its executors at once. */
    void kill(int worker) {
        Process process = processes.get(1 + worker);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SurroundingsException("no port is free: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        processes.reversed().forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
