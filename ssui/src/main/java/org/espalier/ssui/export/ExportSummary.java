package org.espalier.ssui.export;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.pool.Training;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * What was written: {@code export.json}.
 *
 * @param samples in all
 * @param pictures that they show
 * @param splits samples by split
 * @param licences samples by licence of their picture
 * @param forbidden samples whose terms, or those of their picture, forbid training
 * @param unreviewed samples that nobody has decided on
 * @param unverified samples whose picture nobody has verified
 * @param harmful samples that stayed behind because somebody found their picture not to be harmless by itself
 * @param unanswered samples that stayed behind because their last step does not hold the answer
 * @param drafted samples that agents wrote
 * @param revised samples that a person changed
 * @param unfiled samples whose category the taxonomy does not have
 */
public record ExportSummary(
        int samples,
        int pictures,
        SortedMap<String, Integer> splits,
        SortedMap<String, Integer> licences,
        int forbidden,
        int unreviewed,
        int unverified,
        int harmful,
        int unanswered,
        int drafted,
        int revised,
        int unfiled) {
    /** Its file in the folder of the dataset. */
    public static final String NAME = "export.json";

    static ExportSummary of(Gathering.Gathered gathered, Taxonomy taxonomy) {
        List<ExportedSample> items = gathered.items();
        Set<String> categories = taxonomy.paths().keySet();
        SortedMap<String, Integer> splits = new TreeMap<>();
        SortedMap<String, Integer> licences = new TreeMap<>();
        items.forEach(item -> {
            splits.merge(item.split(), 1, Integer::sum);
            licences.merge(item.picture().licence().title(), 1, Integer::sum);
        });
        return new ExportSummary(
                items.size(),
                (int) items.stream()
                        .map(item -> item.picture().sha256())
                        .distinct()
                        .count(),
                splits,
                licences,
                count(items, item -> item.training() == Training.FORBIDDEN),
                count(
                        items,
                        item -> item.draft()
                                .provenance()
                                .path("review")
                                .path("state")
                                .asString("")
                                .equals("draft")),
                count(items, item -> item.picture().safety().verdict() == Safety.Verdict.UNVERIFIED),
                gathered.harmful(),
                gathered.unanswered(),
                count(items, item -> item.draft().tag().path("history").path(0).has("agent")),
                count(
                        items,
                        item -> item.draft()
                                .provenance()
                                .path("review")
                                .path("revised")
                                .asBoolean(false)),
                count(items, item -> !categories.contains(item.draft().category())));
    }

    private static int count(List<ExportedSample> items, Predicate<ExportedSample> which) {
        return (int) items.stream().filter(which).count();
    }
}
