package org.espalier.workflow.train;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.RunPlan;
import org.espalier.srpo.group.Joining;
import org.espalier.srpo.group.Meeting;
import org.espalier.srpo.group.Membership;
import org.espalier.srpo.group.ProcessGroup;

/** The processes that a training takes, and the threads of each. Their number changes no result, that of the threads may. */
public sealed interface Processes {
    /** One, with all that the machine has. */
    Processes USUAL = new One(OptionalInt.empty());

    /** How many. */
    int count();

    /** Of a product, in each; empty: as many as the machine has. */
    OptionalInt threads();

    /** Whether this is the one that writes and is heard of. */
    default boolean first() {
        return true;
    }

    /** How many of them share the memory of this machine. */
    int here();

    /** Puts the group together, or comes into it. */
    Gathered meet(Progress progress);

    /**
     * Compares what the processes of a group are about to do.
     *
     * @throws InputException in the first of them, if they were not all asked for the same
     */
    static void requireAgreement(ProcessGroup group, RunPlan plan) {
        List<byte[]> plans = group.gather(plan.text().getBytes(StandardCharsets.UTF_8));
        for (int rank = 1; rank < plans.size(); rank++) {
            List<String> differences = plan.differences(new String(plans.get(rank), StandardCharsets.UTF_8));
            if (!differences.isEmpty()) {
                throw new InputException("process " + rank + " was started for another training than process 0 ("
                        + differences.getFirst() + "): all of them need the same command and the same files");
            }
        }
    }

    /** This one alone. */
    record One(OptionalInt threads) implements Processes {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public int here() {
            return 1;
        }

        @Override
        public Gathered meet(Progress progress) {
            return new Gathered(ProcessGroup.alone(), Optional.empty());
        }
    }

    /**
     * This one and others that it starts on this machine, which end with it.
     *
     * @param command starts another of them: a program and its arguments
     * @param said told what they print, a line at a time
     */
    record Children(int count, OptionalInt threads, List<String> command, Consumer<String> said) implements Processes {
        public Children {
            command = List.copyOf(command);
        }

        @Override
        public int here() {
            return count;
        }

        @Override
        public Gathered meet(Progress progress) {
            String secret = ChildProcesses.secret();
            try (Meeting meeting = Meeting.open("127.0.0.1", 0, count, Optional.of(secret))) {
                ChildProcesses children = ChildProcesses.start(this, meeting.port(), secret);
                try {
                    return new Gathered(meeting.all(progress, children::check), Optional.of(children));
                } catch (RuntimeException e) {
                    children.kill();
                    throw e;
                }
            }
        }
    }

    /** This one, that a launcher has started beside the others. */
    record Launched(Membership membership, OptionalInt threads) implements Processes {
        @Override
        public int count() {
            return membership.size();
        }

        @Override
        public boolean first() {
            return membership.rank() == 0;
        }

        @Override
        public int here() {
            return membership.here();
        }

        @Override
        public Gathered meet(Progress progress) {
            if (count() == 1) {
                return new Gathered(ProcessGroup.alone(), Optional.empty());
            }
            if (!first()) {
                return new Gathered(Joining.join(membership), Optional.empty());
            }
            try (Meeting meeting = Meeting.open(membership.host(), membership.port(), count(), membership.secret())) {
                return new Gathered(meeting.all(progress, () -> {}), Optional.empty());
            }
        }
    }

    /**
     * Processes that have met.
     *
     * @param children those that this one started
     */
    record Gathered(ProcessGroup group, Optional<ChildProcesses> children) implements AutoCloseable {
        /** Leaves the group, and waits for those that this process started. */
        @Override
        public void close() {
            group.close();
            children.ifPresent(ChildProcesses::close);
        }
    }
}
