package org.espalier.srpo.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;

/**
 * Which process of a group this is, and where the group meets, as {@code torchrun} tells its processes by their environment.
 *
 * @param rank from 0
 * @param size of the group
 * @param local the number of this process on its machine, from 0
 * @param here how many of the group are on its machine, as far as it is said
 * @param host name or address at which the process of rank 0 listens
 * @param port on which it listens
 * @param secret that all of them know; empty: whoever reaches the port may join
 * @param child whether another process of the group started this one, and listens already
 */
public record Membership(
        int rank, int size, int local, int here, String host, int port, Optional<String> secret, boolean child) {
    /** What all processes of a group may share, so that no other joins. */
    public static final String SECRET = "ESPALIER_SECRET";

    private static final String CHILD = "ESPALIER_CHILD";
    private static final String RANK = "RANK";
    private static final String SIZE = "WORLD_SIZE";
    private static final String LOCAL = "LOCAL_RANK";
    private static final String HERE = "LOCAL_WORLD_SIZE";
    private static final String HOST = "MASTER_ADDR";
    private static final String PORT = "MASTER_PORT";

    /** No group needs more, and a number that is greater is a slip. */
    private static final int MOST = 4096;

    /**
     * What an environment says; empty where it says nothing of a group.
     *
     * @throws InputException if it says half of it, or what cannot be
     */
    public static Optional<Membership> of(Map<String, String> environment) {
        if (!environment.containsKey(RANK) && !environment.containsKey(SIZE)) {
            return Optional.empty();
        }
        int size = number(environment, SIZE, 1, MOST);
        int rank = number(environment, RANK, 0, MOST);
        if (rank >= size) {
            throw new InputException("the environment says RANK " + rank + " of WORLD_SIZE " + size
                    + ": ranks go from 0 to " + (size - 1));
        }
        // One process by itself meets nobody.
        boolean meets = size > 1;
        return Optional.of(new Membership(
                rank,
                size,
                environment.containsKey(LOCAL) ? number(environment, LOCAL, 0, MOST) : 0,
                environment.containsKey(HERE) ? number(environment, HERE, 1, MOST) : 1,
                meets ? text(environment, HOST) : "",
                meets ? number(environment, PORT, 1, 65535) : 0,
                Optional.ofNullable(environment.get(SECRET)).filter(secret -> !secret.isEmpty()),
                environment.containsKey(CHILD)));
    }

    /** The environment of a process that another one of its group starts on its own machine. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                SIZE, Integer.toString(size),
                LOCAL, Integer.toString(local),
                HERE, Integer.toString(here),
                HOST, host,
                PORT, Integer.toString(port),
                SECRET, secret.orElse(""),
                CHILD, Boolean.toString(child));
    }

    private static String text(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new InputException("the environment has RANK and WORLD_SIZE but no " + name
                    + ": a group of processes needs all of " + String.join(", ", List.of(RANK, SIZE, HOST, PORT))
                    + "; one process by itself needs none");
        }
        return value;
    }

    private static int number(Map<String, String> environment, String name, int least, int most) {
        String value = text(environment, name);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Is told below.
        }
        throw new InputException(
                "the environment says " + name + "=" + value + ": it is a number from " + least + " to " + most);
    }
}
