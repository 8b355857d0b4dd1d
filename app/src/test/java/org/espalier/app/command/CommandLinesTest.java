package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.espalier.app.console.Interruption;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLinesTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine espalier =
            CommandLines.espalier(new PrintWriter(out), new PrintWriter(err), new Interruption());

    @Test
    void printsItsHelpWhereNothingIsAsked() {
        assertThat(espalier.execute()).isZero();
        assertThat(out.toString())
                .contains("Usage: espalier")
                .contains("doctor")
                .contains("Exit codes");
    }

    @Test
    void suggestsTheVerbThatWasMeant() {
        assertThat(espalier.execute("docter")).isEqualTo(2);
        assertThat(err.toString()).contains("'espalier' knows no word docter; did you mean doctor.");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(espalier.execute("doctor", "--debgu")).isEqualTo(2);
        assertThat(err.toString()).contains("'espalier doctor' knows no option --debgu; did you mean --debug.");
    }

    @Test
    void printsOneSentenceForBadInput() {
        CommandLine espalier = failing(new InputException("line 3 is broken"));

        assertThat(espalier.execute("fail")).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("espalier: line 3 is broken");
    }

    @Test
    void showsAStackTraceOnlyForDebug() {
        CommandLine espalier = failing(new IllegalStateException("odd"));

        assertThat(espalier.execute("fail")).isEqualTo(70);
        assertThat(err.toString())
                .contains("fault of Espalier")
                .contains("fault.log")
                .doesNotContain("\tat ");
        assertThat(espalier.execute("fail", "--debug")).isEqualTo(70);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void survivesAnErrorOfTheVirtualMachine() {
        CommandLine espalier = failing(new OutOfMemoryError("Java heap space"));

        assertThat(espalier.execute("fail")).isEqualTo(3);
        assertThat(err.toString()).startsWith("espalier: memory ran out");
    }

    private CommandLine failing(Throwable thrown) {
        return CommandLines.of(new PrintWriter(out), new PrintWriter(err), List.of(new Failing(thrown)));
    }

    @Command(name = "fail")
    private record Failing(Throwable thrown) implements Runnable {
        @Override
        public void run() {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }
}
