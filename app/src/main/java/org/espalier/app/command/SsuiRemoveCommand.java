package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.ssui.intake.Removal;
import org.espalier.ssui.pool.Pool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui remove}. */
@Command(
        name = "remove",
        description = "Takes pictures out of a pool: their files go, and refused.jsonl says why. What was built of them"
                + " stays.")
final class SsuiRemoveCommand implements Verb {
    @Parameters(index = "0", paramLabel = "POOL", description = "The folder of the pool.")
    private Path pool;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "Pictures, as pool.jsonl names them.")
    private List<String> ids;

    @Option(
            names = "--reason",
            defaultValue = "was taken out",
            paramLabel = "TEXT",
            description = "Why, for refused.jsonl.")
    private String reason;

    @Override
    public int run(Console console) {
        int left = new Removal(new Pool(pool), ids, reason).run();
        console.say(
                "Took " + Counted.of(Set.copyOf(ids).size(), "picture") + " out of " + pool + "; " + left + " left.");
        return ExitCode.DONE.number();
    }
}
