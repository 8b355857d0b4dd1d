package org.espalier.bench.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions of a benchmark.
 *
 * @param root the folder that pictures are named from
 * @param files that the questions were read from
 * @param notes what a reader of the figures must know: rows left out and why, parts that are absent
 */
public record QuestionSet(Path root, List<Path> files, List<BenchmarkItem> items, List<String> notes) {
    public QuestionSet {
        files = List.copyOf(files);
        items = joined(distinct(items));
        notes = List.copyOf(notes);
    }

    /** Published files repeat an id now and then; the second becomes {@code id#2}. */
    private static List<BenchmarkItem> distinct(List<BenchmarkItem> items) {
        Map<String, Integer> seen = new HashMap<>();
        List<BenchmarkItem> all = new ArrayList<>(items.size());
        for (BenchmarkItem item : items) {
            int times = seen.merge(item.id(), 1, Integer::sum);
            all.add(times == 1 ? item : item.numbered(times));
        }
        return List.copyOf(all);
    }

    /** Clusters that share a picture become one, which is called as the first of them. */
    private static List<BenchmarkItem> joined(List<BenchmarkItem> items) {
        Map<String, String> joinedTo = new HashMap<>();
        Map<Path, String> byPicture = new HashMap<>();
        for (BenchmarkItem item : items) {
            for (Path picture : item.pictures()) {
                String one = first(joinedTo, byPicture.computeIfAbsent(picture, _ -> item.cluster()));
                String other = first(joinedTo, item.cluster());
                if (!one.equals(other)) {
                    joinedTo.put(other, one);
                }
            }
        }
        return joinedTo.isEmpty()
                ? items
                : items.stream()
                        .map(item -> item.inCluster(first(joinedTo, item.cluster())))
                        .toList();
    }

    private static String first(Map<String, String> joinedTo, String cluster) {
        String name = cluster;
        for (String next = joinedTo.get(name); next != null; next = joinedTo.get(name)) {
            name = next;
        }
        return name;
    }

    /** The same with other items and one note more. */
    public QuestionSet of(List<BenchmarkItem> chosen, String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new QuestionSet(root, files, chosen, more);
    }

    /** The same with words after each question. */
    public QuestionSet asking(String words) {
        return new QuestionSet(
                root,
                files,
                items.stream()
                        .map(item -> item.asking(item.prompt() + "\n" + words))
                        .toList(),
                notes);
    }
}
