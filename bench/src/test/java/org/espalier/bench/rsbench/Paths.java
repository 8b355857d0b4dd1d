package org.espalier.bench.rsbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** Scored paths and samples made by hand for tests. */
final class Paths {
    private Paths() {}

    static Asked asked(String id, Risk risk, String category, String split) {
        return new Asked(id, risk, category, Optional.of(split), "images/" + id + ".png", "May I?");
    }

    /** @param wrong first wrong step; 0 for none */
    static ScoredPath judged(Asked asked, int sample, boolean safe, boolean effective, int wrong) {
        OptionalInt step = wrong == 0 ? OptionalInt.empty() : OptionalInt.of(wrong);
        return new ScoredPath(said(asked, sample), new Judgement.Judged(safe, effective, step, ""));
    }

    static Answer said(Asked asked, int sample) {
        return new Answer(asked, sample, new Reply.Said("see\nask", true), List.of("see", "ask"));
    }

    static ScoredPath unanswered(Asked asked, int sample) {
        Answer answer = new Answer(asked, sample, new Reply.Failed("timed out"), List.of());
        return new ScoredPath(answer, new Judgement.Failed("no answer: timed out"));
    }

    static SsuiSample sample(String id, Risk risk, String split) {
        ObjectNode fields = Json.object();
        fields.putObject("tag").put("split", split);
        return new SsuiSample(
                id,
                "images/" + id + ".png",
                new Question(id, Path.of("/data/images/" + id + ".png"), "May I?"),
                new ReasoningPath(List.of("see", "do not")),
                "do not",
                risk,
                "food-and-pets",
                fields);
    }
}
