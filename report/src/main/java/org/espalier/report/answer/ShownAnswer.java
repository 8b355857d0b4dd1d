package org.espalier.report.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.bench.suite.Finding;
import org.espalier.core.Risk;

/**
 * An answer and what was found of it.
 *
 * @param sample number of the answer to the question, from 0
 * @param cell what the question is counted under, levels parted by {@code /}
 * @param image below the folder of the data; empty if none was shown
 * @param answered whether the model said anything; where it did not, {@code text} says why
 * @param cutOff whether the token budget ended it
 * @param steps where the answer is a path; else empty
 * @param wrong number of the first wrong step, from 1; 0 if none is
 * @param reason of the verdict; may be empty
 * @param voices of each judge, where several were asked
 */
public record ShownAnswer(
        String id,
        int sample,
        String cell,
        Optional<Risk> risk,
        Optional<String> split,
        String image,
        String query,
        boolean answered,
        String text,
        boolean cutOff,
        List<String> steps,
        int wrong,
        List<Finding> verdict,
        String reason,
        List<Voice> voices) {
    /** What one of several judges said. */
    public record Voice(String judge, Finding finding, String reason) {}

    public ShownAnswer {
        steps = List.copyOf(steps);
        verdict = List.copyOf(verdict);
        voices = List.copyOf(voices);
    }

    /** The question, and which of several answers it is. */
    public String title() {
        return id + (sample == 0 ? "" : " (" + (sample + 1) + ")");
    }

    /** Whether everything that was found speaks for the answer; empty where that does not say. */
    public Optional<Boolean> good() {
        return verdict.stream().anyMatch(finding -> finding.tone() == Finding.Tone.NEITHER)
                ? Optional.empty()
                : Optional.of(verdict.stream().allMatch(finding -> finding.tone() == Finding.Tone.GOOD));
    }

    /** The verdict as one, to be counted and chosen by. */
    public String label() {
        return verdict.stream().map(Finding::words).collect(Collectors.joining(", "));
    }

    /** The kind of the question in a few words; empty where the data do not say. */
    public String kind() {
        return risk.map(it -> it == Risk.UNSAFE ? "unsafe" : "safe twin").orElse("");
    }
}
