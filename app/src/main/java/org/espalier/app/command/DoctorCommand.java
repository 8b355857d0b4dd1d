package org.espalier.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.espalier.app.console.Console;
import org.espalier.tensor.Blas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier doctor}. */
@Command(name = "doctor", description = "Looks at Java, libtorch, memory and disk, and says what to do next.")
final class DoctorCommand implements Verb {
    @Spec
    private CommandSpec spec;

    @Option(names = "--products", hidden = true, description = "Print how fast this process multiplies, and no more.")
    private boolean products;

    @Override
    public int run(Console console) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (products) {
            out.println(Blas.gigaflops());
            return ExitCode.DONE.number();
        }
        out.println("Espalier " + Version.number());
        boolean compares = EspalierCommand.blas(spec.commandLine()).isEmpty();
        if (compares && Blas.MKL.isThere()) {
            out.println("Comparing what multiplies matrices: about ten seconds.");
        }
        List<Finding> findings = new Examination(Map.copyOf(System.getenv()), Place.cache(), compares).findings();
        findings.forEach(finding -> out.println(finding.line()));
        boolean bad = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BAD);
        out.println(bad ? "Next: mend what is BAD above." : "Next: " + next());
        return (bad ? ExitCode.NO : ExitCode.DONE).number();
    }

    /** The first verb that a newcomer should try, of those there are. */
    private String next() {
        return spec.parent().subcommands().containsKey("demo") ? "./espalier demo" : "./espalier --help";
    }
}
