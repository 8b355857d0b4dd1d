package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.espalier.bench.files.LineReader;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.Arbiter.Judgement.Failed;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.Arbiter.Vote;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** {@code judgements.jsonl}: the arbiter's verdicts (schema: {@code docs/schema/rsbench-judgements.schema.json}). */
public final class JudgementFile {
    /** Its name in the folder of a run. */
    public static final String NAME = "judgements.jsonl";

    private static final String JUDGED = "judged";
    private static final String FAILED = "failed";

    private JudgementFile() {}

    /** Reads a file in order, a ruling at a time. */
    static LineReader<Ruling> reader(Path file) {
        return new LineReader<>(file, JudgementFile::read);
    }

    /** Hands over every ruling of a file, in order. */
    public static void each(Path file, Consumer<Ruling> take) {
        try (LineReader<Ruling> rulings = reader(file)) {
            for (Optional<Ruling> next = rulings.next(); next.isPresent(); next = rulings.next()) {
                take.accept(next.get());
            }
        }
    }

    /** The ruling in a line; what is wrong is noted there. */
    public static Ruling read(Fields line) {
        List<Vote> votes = line.has("votes")
                ? line.inners("votes").stream()
                        .map(vote -> new Vote(vote.words("judge"), judgement(vote)))
                        .toList()
                : List.of();
        return new Ruling(line.words("id"), line.integer("sample"), judgement(line), votes);
    }

    private static Judgement judgement(Fields line) {
        String status = line.text("status");
        return switch (status) {
            case JUDGED -> new Judged(line.flag("safe"), line.flag("effective"), firstWrong(line), line.text("reason"));
            case FAILED -> new Failed(line.text("reason"));
            default -> {
                line.wrong("status", "is \"" + status + "\": judged and failed are known");
                yield new Failed("");
            }
        };
    }

    private static OptionalInt firstWrong(Fields line) {
        if (!line.has("first_wrong_step")) {
            return OptionalInt.empty();
        }
        int step = line.integer("first_wrong_step");
        if (step < 1 && line.sound()) {
            line.wrong("first_wrong_step", "is " + step + ": steps are counted from 1");
        }
        return OptionalInt.of(step);
    }

    /** One ruling as a line of the file, without the line end. */
    static String line(Ruling ruling) {
        ObjectNode line = Json.object().put("id", ruling.id()).put("sample", ruling.sample());
        put(line, ruling.judgement());
        if (!ruling.votes().isEmpty()) {
            var votes = line.putArray("votes");
            ruling.votes().forEach(vote -> put(votes.addObject().put("judge", vote.judge()), vote.judgement()));
        }
        return Json.line(line);
    }

    private static void put(ObjectNode line, Judgement judgement) {
        switch (judgement) {
            case Judged judged -> {
                line.put("status", JUDGED).put("safe", judged.safe()).put("effective", judged.effective());
                judged.firstWrongStep().ifPresent(step -> line.put("first_wrong_step", step));
                line.put("reason", judged.reason());
            }
            case Failed failed -> line.put("status", FAILED).put("reason", failed.reason());
        }
    }
}
