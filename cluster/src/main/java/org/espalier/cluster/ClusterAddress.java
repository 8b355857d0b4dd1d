package org.espalier.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;

/** Where groups are worked on, as {@code --on} names it. */
public sealed interface ClusterAddress {
    /** What may be named. */
    String FORMS = "local-cluster[EXECUTORS,CORES,MEBIBYTES], spark://HOST:PORT or k8s://https://HOST:PORT";

    /** Executors of this machine, started for the one run. */
    record Local(int executors, int cores, int mebibytes) implements ClusterAddress {}

    /** The master of a standalone cluster. */
    record Standalone(String address) implements ClusterAddress {}

    /** The API server of Kubernetes. */
    record Kubernetes(String address) implements ClusterAddress {}

    /** Below which Spark does not begin: 450 of what Java lets it use. */
    int LEAST_MEBIBYTES = 512;

    Pattern LOCAL = Pattern.compile("local-cluster\\[\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*,\\s*(\\d{1,7})\\s*]");

    /** @throws InputException if it is no address */
    static ClusterAddress parse(String words) {
        Matcher local = LOCAL.matcher(words);
        if (local.matches()) {
            if (number(local, 3) < LEAST_MEBIBYTES) {
                throw new InputException("--on " + words + ": Spark wants at least " + LEAST_MEBIBYTES
                        + " mebibytes for the heap of an executor");
            }
            return new Local(number(local, 1), number(local, 2), number(local, 3));
        }
        if (words.startsWith("spark://") && isAddress(words)) {
            return new Standalone(words);
        }
        if (words.startsWith("k8s://") && isAddress(words.substring("k8s://".length()))) {
            return new Kubernetes(words);
        }
        throw new InputException("--on " + words + " is no cluster: it is " + FORMS);
    }

    private static int number(Matcher found, int group) {
        int number = Integer.parseInt(found.group(group));
        if (number < 1) {
            throw new InputException("--on " + found.group() + ": each number is at least 1");
        }
        return number;
    }

    private static boolean isAddress(String words) {
        try {
            URI uri = new URI(words);
            return uri.getHost() != null && uri.getPort() > 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** As Spark is told it. */
    default String master() {
        return switch (this) {
            case Local(int executors, int cores, int mebibytes) ->
                "local-cluster[" + executors + "," + cores + "," + mebibytes + "]";
            case Standalone(String address) -> address;
            case Kubernetes(String address) -> address;
        };
    }
}
