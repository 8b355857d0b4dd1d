package org.espalier.bench.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.espalier.core.Risk;

/** Some of the questions: those that agree with everything that is given here. Nothing given is all of them. */
public record Slice(Optional<Risk> risk, Optional<String> split, Optional<String> category) {
    public static final Slice ALL = new Slice(Optional.empty(), Optional.empty(), Optional.empty());

    public static Slice of(Risk risk) {
        return ALL.and(risk);
    }

    public Slice and(Risk only) {
        return new Slice(Optional.of(only), split, category);
    }

    public Slice inSplit(String only) {
        return new Slice(risk, Optional.of(only), category);
    }

    public Slice inCategory(String only) {
        return new Slice(risk, split, Optional.of(only));
    }

    public boolean holds(QuestionKind kind) {
        return (risk.isEmpty() || risk.equals(kind.risk()))
                && (split.isEmpty() || split.equals(kind.split()))
                && category.map(kind.category()::equals).orElse(true);
    }

    /**
     * Every part that SSUI data have beside the whole: each split, each category (in alphabetical order), and of these and
     * of the whole the unsafe questions and their safe twins.
     */
    public static List<Slice> parts(Collection<QuestionKind> kinds) {
        List<Slice> wholes = new ArrayList<>(List.of(ALL));
        TreeSet<String> splits = new TreeSet<>();
        TreeSet<String> categories = new TreeSet<>();
        for (QuestionKind kind : kinds) {
            kind.split().ifPresent(splits::add);
            categories.add(kind.category());
        }
        splits.forEach(split -> wholes.add(ALL.inSplit(split)));
        categories.forEach(category -> wholes.add(ALL.inCategory(category)));
        List<Slice> slices = new ArrayList<>();
        for (Slice whole : wholes) {
            slices.add(whole);
            for (Risk risk : Risk.values()) {
                slices.add(whole.and(risk));
            }
        }
        return slices.subList(1, slices.size());
    }
}
