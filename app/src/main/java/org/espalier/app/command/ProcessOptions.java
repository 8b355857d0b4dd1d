package org.espalier.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.srpo.group.Membership;
import org.espalier.workflow.train.Processes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How many processes train together, and with how many threads each. */
final class ProcessOptions {
    private static final int MOST = 1024;

    @Option(
            names = "--processes",
            description =
                    "Train with so many processes on this machine: the same bytes as with one of as many threads. A"
                            + " launcher that sets RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT starts them instead, on several"
                            + " machines too (docs/processes.md).")
    private Optional<Integer> processes = Optional.empty();

    @Option(
            names = "--threads",
            description =
                    "Threads of each process: another number may round otherwise, so that a run keeps to its own. 1"
                            + " with --processes or several of a launcher's; else as many as the machine has.")
    private Optional<Integer> threads = Optional.empty();

    /**
     * What is chosen.
     *
     * @param spec of the command, which the other processes get as it was typed
     * @param said told what they print
     * @throws InputException if the options or the environment cannot be
     */
    Processes choice(CommandSpec spec, Consumer<String> said) {
        check("--processes", processes);
        check("--threads", threads);
        Optional<Membership> member = Membership.of(System.getenv());
        if (processes.isPresent() && member.filter(self -> !self.child()).isPresent()) {
            throw new InputException("--processes starts the other processes itself, and RANK and WORLD_SIZE say that a"
                    + " launcher has done so: leave --processes out, or unset them");
        }
        int count = member.map(Membership::size).or(() -> processes).orElse(1);
        OptionalInt each = threads.map(OptionalInt::of)
                .orElse(count > 1 || processes.isPresent() ? OptionalInt.of(1) : OptionalInt.empty());
        if (member.isPresent()) {
            return new Processes.Launched(member.get(), each);
        }
        return count == 1 ? new Processes.One(each) : new Processes.Children(count, each, command(spec), said);
    }

    /** The number of this process on its machine, where several share it. */
    static OptionalInt local(Processes processes) {
        return switch (processes) {
            case Processes.One _ -> OptionalInt.empty();
            case Processes.Children _ -> OptionalInt.of(0);
            case Processes.Launched launched ->
                OptionalInt.of(launched.membership().local());
        };
    }

    private static void check(String name, Optional<Integer> number) {
        number.filter(value -> value < 1 || value > MOST).ifPresent(value -> {
            throw new InputException(name + " is a number from 1 to " + MOST + ", not " + value);
        });
    }

    /** This process's own program and words. */
    private static List<String> command(CommandSpec spec) {
        List<String> words = Place.program();
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return words;
    }

    /** The split, for people; empty for one process that has everything. */
    static List<String> told(Processes processes, int batch) {
        int count = processes.count();
        if (count == 1) {
            return processes.threads().isEmpty()
                    ? List.of()
                    : List.of(
                            "  one process of " + Counted.of(processes.threads().getAsInt(), "thread"));
        }
        List<String> lines = new ArrayList<>();
        int threads = processes.threads().orElse(1);
        lines.add("  " + count + " processes of " + Counted.of(threads, "thread") + " each; of the " + batch
                + " questions of a step each computes about " + Math.ceilDiv(batch, count)
                + ", shared out by their tokens; process 0 writes");
        if (batch < count) {
            lines.add("  a step has fewer questions than there are processes: " + (count - batch)
                    + " of them have nothing to do (--batch)");
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (processes.here() * threads > processors) {
            lines.add("  this machine has " + Counted.of(processors, "processor") + " for the "
                    + processes.here() * threads + " threads");
        }
        return lines;
    }
}
