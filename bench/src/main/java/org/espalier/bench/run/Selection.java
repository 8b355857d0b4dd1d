package org.espalier.bench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.stats.Strata;
import org.espalier.bench.suite.Item;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.file.Sha256;

/** A smaller question set that still says how sure its figures can be. */
public final class Selection {
    private Selection() {}

    /** The first units of a set. */
    public static QuestionSet first(QuestionSet set, int units) {
        Map<String, List<Item>> all = units(set);
        if (units >= all.size()) {
            return set;
        }
        List<Item> chosen =
                all.values().stream().limit(units).flatMap(List::stream).toList();
        return set.of(chosen, "the first " + Strata.sureness(units, all.size()));
    }

    /**
     * A random part in which every cell keeps its share.
     *
     * @param seed names the draw; a larger sample of the same seed holds a smaller one's units, cell by cell
     */
    public static QuestionSet stratified(QuestionSet set, int units, long seed) {
        Map<String, List<Item>> all = units(set);
        if (units >= all.size()) {
            return set;
        }
        SortedMap<String, List<String>> byCell = new TreeMap<>();
        all.forEach((unit, items) -> byCell.computeIfAbsent(items.getFirst().cell(), _ -> new ArrayList<>())
                .add(unit));
        SortedMap<String, Integer> sizes = new TreeMap<>();
        byCell.forEach((cell, of) -> sizes.put(cell, of.size()));
        Set<String> kept = new HashSet<>();
        Strata.share(sizes, units)
                .forEach((cell, share) -> byCell.getOrDefault(cell, List.of()).stream()
                        .sorted(Comparator.comparing((String unit) -> Sha256.of(seed + "\n" + unit)))
                        .limit(share)
                        .forEach(kept::add));
        List<Item> chosen =
                set.items().stream().filter(item -> kept.contains(item.unit())).toList();
        return set.of(chosen, "a sample of " + Strata.sureness(units, all.size()) + ", in each cell its share");
    }

    private static Map<String, List<Item>> units(QuestionSet set) {
        Map<String, List<Item>> units = new LinkedHashMap<>();
        set.items()
                .forEach(item -> units.computeIfAbsent(item.unit(), _ -> new ArrayList<>())
                        .add(item));
        return units;
    }
}
