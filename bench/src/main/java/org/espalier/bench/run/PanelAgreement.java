package org.espalier.bench.run;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.stats.Confusion;

/** How far several judges of a run agree, each pair on the answers that both judged. */
public final class PanelAgreement {
    private final SortedMap<String, Confusion> pairs = new TreeMap<>();

    /** What one judge said of an answer. */
    public record Said(String judge, String label) {}

    /** Takes in one answer: those who have a verdict, in the order of the judges. */
    public void add(List<Said> verdicts) {
        for (int i = 0; i < verdicts.size(); i++) {
            for (int j = i + 1; j < verdicts.size(); j++) {
                Said one = verdicts.get(i);
                Said other = verdicts.get(j);
                pairs.computeIfAbsent(one.judge() + "\n" + other.judge(), _ -> new Confusion())
                        .add(one.label(), other.label());
            }
        }
    }

    public List<Agreement> list() {
        return pairs.entrySet().stream()
                .map(pair -> {
                    String[] names = pair.getKey().split("\n", 2);
                    Confusion of = pair.getValue();
                    return new Agreement(names[0], names[1], of.total(), of.agreement(), of.kappa());
                })
                .toList();
    }
}
