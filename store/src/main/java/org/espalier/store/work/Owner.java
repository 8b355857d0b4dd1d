package org.espalier.store.work;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A process at work.
 *
 * @param id its own, new at every start
 * @param host what the machine is called, for looking up {@code pid} there; machines that cannot be told apart for
 *     certain have different ones
 * @param started when the process began, milliseconds since 1970, 0 where that is unknown
 */
record Owner(String id, String host, long pid, long started) {
    /** The system derives a start from its own, which it rounds to seconds differently at each reading. */
    private static final long SAME_START = 3_000;

    /** This process, under a new id. */
    static Owner here() {
        ProcessHandle process = ProcessHandle.current();
        return new Owner(UUID.randomUUID().toString(), machine(), process.pid(), started(process));
    }

    /** Whether {@code other} worked on this machine and is no more; what works elsewhere is not known to be dead. */
    boolean knowsDead(Owner other) {
        return host.equals(other.host)
                && ProcessHandle.of(other.pid)
                        .filter(process -> process.isAlive() && Math.abs(started(process) - other.started) < SAME_START)
                        .isEmpty();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Name, start of the system and space of process numbers: containers of one image share the first, or the second. */
    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName()
                    + " "
                    + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip()
                    + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (UnknownHostException e) {
            return UUID.randomUUID().toString();
        } catch (IOException | UnsupportedOperationException e) {
            return UUID.randomUUID().toString();
        }
    }
}
