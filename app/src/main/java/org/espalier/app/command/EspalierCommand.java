package org.espalier.app.command;

import java.util.Optional;
import org.espalier.app.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line. */
@Command(
        name = "espalier",
        description = "Explores and optimizes the reasoning paths of multimodal models, so that what is harmless in the"
                + " picture and harmless in the words is not answered harmfully together.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes%n",
        footer = {
            "  0 done   1 it ran and the answer is no   2 wrong use or bad input",
            "  3 the surroundings failed   70 a fault of Espalier   130 interrupted"
        })
final class EspalierCommand implements Verb {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show a stack trace where something fails.")
    private boolean debug;

    @Option(
            names = "--blas",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "What multiplies matrices on a processor: openblas, or mkl (see 'setup --mkl'). Default: the"
                    + " faster one where 'doctor' has compared them, else openblas.")
    private Optional<String> blas = Optional.empty();

    @Override
    public int run(Console console) {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE.number();
    }

    /** Whether {@code --debug} was given anywhere on the line that {@code command} is part of. */
    static boolean debug(CommandLine command) {
        return root(command).map(root -> root.debug).orElse(false);
    }

    /** What {@code --blas} says on the line that {@code command} is part of. */
    static Optional<String> blas(CommandLine command) {
        return root(command).flatMap(root -> root.blas);
    }

    private static Optional<EspalierCommand> root(CommandLine command) {
        CommandLine top = command;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getCommandSpec().userObject() instanceof EspalierCommand root ? Optional.of(root) : Optional.empty();
    }
}
