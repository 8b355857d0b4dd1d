package org.espalier.srpo.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.Parameters;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Objective.Metrics;

/**
 * What the processes of a training tell each other: every number as the bytes that it is, so that nothing is rounded on the
 * way and nothing is added up before its turn.
 */
record GradientExchange(ProcessGroup group) {
    /** Log-probabilities of one question's paths, by the model that is trained and by the base model. */
    record PathScores(List<double[]> paths, List<double[]> base) {}

    /**
     * Adds up the gradients of all questions, in their order, in the first process.
     *
     * @param own of the questions that are this process's, in their order
     */
    void add(Gradients sum, QuestionShares shares, List<Gradients> own, Adapter adapter) {
        Parameters parameters = adapter.parameters();
        if (group.size() == 1) {
            own.forEach(sum::add);
            return;
        }
        if (!group.first()) {
            own.forEach(gradients -> parameters.placement().send(gradients.flat(), bytes -> group.send(0, bytes)));
            return;
        }
        int next = 0;
        try (Gradients received = new Gradients(parameters)) {
            for (int owner : shares.owners()) {
                if (owner == 0) {
                    sum.add(own.get(next++));
                } else {
                    parameters.placement().receive(received.flat(), bytes -> group.receive(owner, bytes));
                    sum.add(received);
                }
            }
        }
    }

    /** Gives all processes the parameters of the first. */
    void share(Parameters parameters) {
        if (!group.first()) {
            parameters.placement().receive(parameters.flat(), bytes -> group.receive(0, bytes));
            return;
        }
        for (int rank = 1; rank < group.size(); rank++) {
            int other = rank;
            parameters.placement().send(parameters.flat(), bytes -> group.send(other, bytes));
        }
    }

    /** The number that the first process has. */
    long share(long number) {
        return read(group.broadcast(written(out -> out.writeLong(number))), DataInputStream::readLong);
    }

    /** What was measured on every question of the batch, in their order; of use in the first process alone. */
    List<Metrics> metrics(QuestionShares shares, List<Metrics> own) {
        List<byte[]> said = group.gather(written(out -> {
            for (Metrics one : own) {
                write(out, one);
            }
        }));
        return inOrder(shares, said, GradientExchange::metrics);
    }

    /** The scores of every question of the batch, in their order, in all processes. */
    List<PathScores> scores(QuestionShares shares, List<PathScores> own) {
        List<byte[]> said = group.gather(written(out -> {
            for (PathScores one : own) {
                write(out, one.paths());
                write(out, one.base());
            }
        }));
        byte[] all = group.broadcast(written(out -> {
            for (byte[] one : said) {
                out.writeInt(one.length);
                out.write(one);
            }
        }));
        List<byte[]> heard = read(all, in -> {
            List<byte[]> messages = new ArrayList<>();
            for (int rank = 0; rank < group.size(); rank++) {
                messages.add(in.readNBytes(in.readInt()));
            }
            return messages;
        });
        return inOrder(shares, heard, in -> new PathScores(paths(in), paths(in)));
    }

    /** What each process said of its questions, as a list over the batch; nothing where nothing was heard. */
    private static <T> List<T> inOrder(QuestionShares shares, List<byte[]> said, Reading<T> one) {
        List<DataInputStream> streams = said.stream()
                .map(bytes -> new DataInputStream(new ByteArrayInputStream(bytes)))
                .toList();
        List<T> all = new ArrayList<>();
        try {
            for (int owner : streams.isEmpty() ? List.<Integer>of() : shares.owners()) {
                all.add(one.from(streams.get(owner)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static void write(DataOutputStream out, Metrics one) throws IOException {
        out.writeDouble(one.loss());
        out.writeDouble(one.reference());
        out.writeDouble(one.alignment());
        out.writeInt(one.pairs());
        out.writeInt(one.ordered());
        out.writeDouble(one.margin());
        out.writeDouble(one.chosen());
        out.writeDouble(one.rejected());
        out.writeInt(one.own().size());
        for (Map.Entry<String, Double> figure : one.own().entrySet()) {
            out.writeUTF(figure.getKey());
            out.writeDouble(figure.getValue());
        }
    }

    private static Metrics metrics(DataInputStream in) throws IOException {
        double loss = in.readDouble();
        double reference = in.readDouble();
        double alignment = in.readDouble();
        int pairs = in.readInt();
        int ordered = in.readInt();
        double margin = in.readDouble();
        double chosen = in.readDouble();
        double rejected = in.readDouble();
        TreeMap<String, Double> own = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            own.put(in.readUTF(), in.readDouble());
        }
        return new Metrics(loss, reference, alignment, pairs, ordered, margin, chosen, rejected, own);
    }

    private static void write(DataOutputStream out, List<double[]> paths) throws IOException {
        out.writeInt(paths.size());
        for (double[] path : paths) {
            out.writeInt(path.length);
            for (double token : path) {
                out.writeDouble(token);
            }
        }
    }

    private static List<double[]> paths(DataInputStream in) throws IOException {
        List<double[]> paths = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            double[] path = new double[in.readInt()];
            for (int i = 0; i < path.length; i++) {
                path[i] = in.readDouble();
            }
            paths.add(path);
        }
        return paths;
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try {
            return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
