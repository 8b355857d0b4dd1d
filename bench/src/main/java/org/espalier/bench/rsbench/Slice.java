package org.espalier.bench.rsbench;

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

    boolean holds(Kind kind) {
        return risk.map(only -> only == kind.risk()).orElse(true)
                && split.map(only -> kind.split().equals(Optional.of(only))).orElse(true)
                && category.map(only -> only.equals(kind.category())).orElse(true);
    }

    /**
     * The slices that are reported: all questions, each split, each category (in alphabetical order), and of each of
     * these the unsafe questions and their safe twins.
     */
    static List<Slice> reported(Collection<Kind> kinds) {
        List<Slice> wholes = new ArrayList<>(List.of(ALL));
        TreeSet<String> splits = new TreeSet<>();
        TreeSet<String> categories = new TreeSet<>();
        for (Kind kind : kinds) {
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
        return slices;
    }
}
