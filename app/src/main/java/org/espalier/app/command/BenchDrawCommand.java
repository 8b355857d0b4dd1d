package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.bench.set.RsBenchCard;
import org.espalier.bench.set.RsBenchDraw;
import org.espalier.bench.stats.Strata;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.ssui.foreign.QuestionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier bench draw}. */
@Command(
        name = "draw",
        description = "Draws a question set for RSBench from a split of SSUI data, in each category its share.")
final class BenchDrawCommand implements Verb {
    @Option(names = "--data", required = true, description = "The data: an ssui.jsonl.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The split (default ${DEFAULT-VALUE}); all for the whole of the data.")
    private String split;

    @Option(
            names = "--questions",
            defaultValue = "1000000",
            description = "So many at most (default: all of the split).")
    private int questions;

    @Option(names = "--seed", defaultValue = "0", description = "Names the draw.")
    private long seed;

    @Option(names = "--title", paramLabel = "TITLE", description = "What the set is called, for its card.")
    private Optional<String> title;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            description = "Under which licence its texts and pictures are, for its card.")
    private Optional<String> licence;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "A new folder for questions and pictures.")
    private Path out;

    @Override
    public int run(Console console) {
        Values.atLeast("--questions", questions, 1);
        if (Files.exists(out.resolve(RsBenchDraw.FILE))) {
            throw new InputException(out + " holds a question set already: name a new folder");
        }
        RsBenchDraw draw = new RsBenchDraw(split, questions, seed);
        List<SsuiSample> whole = draw.split(QuestionFile.read(data));
        List<SsuiSample> drawn = draw.of(whole);
        Path file = RsBenchDraw.write(drawn, out);
        new RsBenchCard(title, licence, data, draw, drawn, whole.size()).write(out);
        console.say(drawn.size() + " questions of the split '" + split + "' are in " + file + ".");
        if (drawn.size() < whole.size()) {
            console.say("They are a sample of "
                    + Strata.sureness(drawn.size(), whole.size(), drawn.size(), whole.size()) + ".");
        }
        console.say("Its card is " + out.resolve(RsBenchCard.FILE)
                + (licence.isEmpty() ? "; say under which licence it is with --licence before you hand it on." : "."));
        return ExitCode.DONE.number();
    }
}
