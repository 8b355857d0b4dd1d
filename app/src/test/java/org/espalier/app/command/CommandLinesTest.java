package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.espalier.app.console.Console;
import org.espalier.app.console.Interruption;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void saysWhereItCanBeMeasuredWhereNothingThatMeasuresIsHandedOut() {
        CommandLine handedOut = line(CommandLines.perf());

        assertThat(handedOut.execute("perf", "tree", "--size", "tiny")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "espalier: 'perf' measures Espalier itself and is not part of an archive: start ./espalier perf"
                                + " in a checkout of its source");
    }

    @Test
    void suggestsTheVerbThatWasMeant() {
        assertThat(espalier.execute("docter")).isEqualTo(2);
        assertThat(err.toString()).contains("'espalier' knows no word docter; did you mean doctor.");
    }

    @Test
    void suggestsAVerbWhereHelpOfAnotherIsAskedFor() {
        assertThat(espalier.execute("studo", "--help")).isEqualTo(2);
        assertThat(err.toString()).contains("'espalier' knows no word studo; did you mean studio.");
        assertThat(espalier.execute("model", "verfy", "--help")).isEqualTo(2);
        assertThat(err.toString()).contains("'espalier model' knows no word verfy; did you mean verify.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhatAValueIsThatIsNone() {
        assertThat(espalier.execute("chat", "--model", "m", "--seed", "x")).isEqualTo(2);
        assertThat(espalier.execute("report", "run", "--questions", "99999999999"))
                .isEqualTo(2);
        // A zero byte is no part of a name on any system, as a letter is none in a locale without it.
        assertThat(espalier.execute("chat", "--model", "m\0")).isEqualTo(2);
        assertThat(espalier.execute("chat", "--model", "")).isEqualTo(2);
        assertThat(espalier.execute("reproduce", "paper", "--device-hour", "NaN"))
                .isEqualTo(2);
        assertThat(espalier.execute("reproduce", "paper", "--dry-run", "--device-hour", "1e99999999"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'--seed': 'x' is not a whole number")
                .contains("'--questions': '99999999999' is too large a number")
                .contains("has letters that names of files cannot have in this locale: set LC_ALL=C.UTF-8")
                .contains("'--model': it is empty: name a file or a folder")
                .contains("'--device-hour': 'NaN' is not an amount of money such as 2.50")
                .contains("'--device-hour': '1e99999999' is not an amount of money such as 2.50")
                .doesNotContain("NumberFormatException");
    }

    @Test
    void whatIsMissingDoesNotHideWhatIsMistyped() {
        assertThat(espalier.execute("train", "--tress", "run")).isEqualTo(2);
        assertThat(espalier.execute("ssui", "build", "--pol=x", "--out", "y")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'espalier train' knows no option --tress; did you mean --trees.")
                .contains("'espalier ssui build' knows no option --pol=x; did you mean --pool.");
        assertThat(espalier.execute("ssui", "build", "--out", "y")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required options: ");
    }

    @Test
    void aReportIsNotWrittenInPlaceOfAFolder(@TempDir Path folder) {
        assertThat(espalier.execute("report", folder.toString(), "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        folder + " is a folder: name a file for the report, such as " + folder.resolve("report.html"));
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
    void promisesToGoOnOnlyWhereAVerbDoes() {
        assertThat(failing(new CancellationException()).execute("fail")).isEqualTo(130);
        assertThat(err.toString().strip()).isEqualTo("espalier: interrupted");
        CommandLine going = line(new Going());
        assertThat(going.execute("go")).isEqualTo(130);
        assertThat(err.toString()).endsWith("espalier: interrupted; the same command resumes it\n");
    }

    @Command(name = "go")
    private record Going() implements Verb, Resumable {
        @Override
        public int run(Console console) {
            throw new CancellationException();
        }
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
        return line(new Failing(thrown));
    }

    private CommandLine line(Object verb) {
        PrintWriter printed = new PrintWriter(out);
        Console console = new Console(printed, printed, false, System::nanoTime, progress -> progress);
        return CommandLines.of(console, printed, new PrintWriter(err), List.of(verb));
    }

    @Command(name = "fail")
    private record Failing(Throwable thrown) implements Verb {
        @Override
        public int run(Console console) {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }
}
