package org.espalier.report.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Chooses, of the facts of several runs, the few that tell those of one name apart. */
final class Distinction {
    /**
     * One run.
     *
     * @param name that it has without notes
     * @param place where two of one name would be taken for each other, such as the benchmark
     */
    record Named(String name, String place, RunFacts facts) {}

    private final List<Named> runs;
    private final List<List<String>> notes = new ArrayList<>();

    private Distinction(List<Named> runs) {
        this.runs = runs;
        runs.forEach(_ -> notes.add(new ArrayList<>()));
    }

    /** A note for each run; empty where its name says enough. */
    static List<String> notes(List<Named> runs) {
        Distinction distinction = new Distinction(runs);
        Set<String> ofModel = new LinkedHashSet<>();
        Set<String> ofRun = new LinkedHashSet<>();
        runs.forEach(run -> {
            ofModel.addAll(run.facts().ofModel().keySet());
            ofRun.addAll(run.facts().ofRun().keySet());
        });
        ofModel.forEach(fact -> distinction.tell(fact, true));
        ofRun.forEach(fact -> distinction.tell(fact, false));
        return distinction.notes.stream().map(words -> String.join(", ", words)).toList();
    }

    /** Adds a fact where it parts some that are still taken for each other. */
    private void tell(String fact, boolean ofModel) {
        Set<Integer> parted = new LinkedHashSet<>();
        for (int i = 0; i < runs.size(); i++) {
            for (int j = i + 1; j < runs.size(); j++) {
                if (mistaken(i, j) && !Objects.equals(words(fact, i, ofModel), words(fact, j, ofModel))) {
                    parted.addAll(Set.of(i, j));
                }
            }
        }
        for (int i = 0; i < runs.size(); i++) {
            // What a model is, is said wherever it was measured, so that it has one name throughout.
            if (parted.contains(i) || (ofModel && shares(parted, i))) {
                words(fact, i, ofModel).ifPresent(notes.get(i)::add);
            }
        }
    }

    private boolean shares(Set<Integer> parted, int run) {
        return parted.stream()
                .anyMatch(other -> runs.get(other).name().equals(runs.get(run).name()));
    }

    private boolean mistaken(int i, int j) {
        Named one = runs.get(i);
        Named other = runs.get(j);
        return one.name().equals(other.name())
                && notes.get(i).equals(notes.get(j))
                && (one.place().equals(other.place())
                        || !one.facts().identity().equals(other.facts().identity()));
    }

    private Optional<String> words(String fact, int run, boolean ofModel) {
        RunFacts facts = runs.get(run).facts();
        Map<String, String> some = ofModel ? facts.ofModel() : facts.ofRun();
        return Optional.ofNullable(some.get(fact));
    }
}
