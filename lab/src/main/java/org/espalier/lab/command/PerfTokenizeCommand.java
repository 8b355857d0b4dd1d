package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.TextFile;
import org.espalier.model.chat.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf tokenize}. {@code perf/tokenize_peer.py} does the same with the library that tokenizers come from. */
@Command(name = "tokenize", description = "Encodes the lines of a file, one text each: characters per second.")
public final class PerfTokenizeCommand implements Verb {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "The checkpoint folder with tokenizer.json.")
    private Path model = Path.of("");

    @Option(names = "--text", required = true, description = "UTF-8, a text in each line.")
    private Path text = Path.of("");

    @Option(names = "--runs", defaultValue = "5", description = "Counted runs, after three others.")
    private int runs;

    @Override
    public int run(Console console) {
        if (runs < 1) {
            throw new InputException("--runs must be at least 1.");
        }
        List<String> lines = lines();
        long characters = lines.stream().mapToLong(String::length).sum();
        for (int run = -3; run < runs; run++) {
            // Words that were seen are remembered: each run begins without them, as a process does.
            Tokenizer tokenizer = Tokenizer.load(model);
            CRC32 sum = new CRC32();
            long tokens = 0;
            long start = System.nanoTime();
            for (String line : lines) {
                int[] ids = tokenizer.encode(line);
                tokens += ids.length;
                IntStream.of(ids).forEach(id -> sum.update(id % 251));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (run >= 0) {
                console.say(
                        "%,d characters  %,d tokens (%08x)  %.3f s  %.2f million characters a second",
                        characters, tokens, sum.getValue(), seconds, characters / seconds / 1e6);
            }
        }
        return ExitCode.DONE.number();
    }

    private List<String> lines() {
        return TextFile.read(text).lines().toList();
    }
}
