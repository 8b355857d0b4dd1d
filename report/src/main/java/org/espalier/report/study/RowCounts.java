package org.espalier.report.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of a study in one cell.
 *
 * @param identity hash of what the row is, cell apart: another means that the study's file has changed
 * @param parts by risk and split
 * @param stages what each training took, in order
 * @param adapter hash of the adapter's weights; empty for the base model
 */
public record RowCounts(
        String label,
        String identity,
        Map<Risk, SortedMap<String, PathCounts>> parts,
        List<StageCost> stages,
        Optional<String> adapter) {
    /**
     * What one training took.
     *
     * @param method its objective
     * @param questions that it could use
     * @param steps of the optimizer
     * @param trained tokens that were trained on, shared ones counted once
     * @param drawn tokens that were drawn for it, shared explorations included; 0 where it uses no drawn path
     */
    public record StageCost(String method, long questions, long steps, long trained, long drawn) {}

    public RowCounts {
        Map<Risk, SortedMap<String, PathCounts>> copy = new EnumMap<>(Risk.class);
        parts.forEach((risk, splits) -> copy.put(risk, Collections.unmodifiableSortedMap(new TreeMap<>(splits))));
        parts = Collections.unmodifiableMap(copy);
        stages = List.copyOf(stages);
    }

    /** Counts of one part; none where it was not asked. */
    public PathCounts of(Risk risk, String split) {
        return parts.getOrDefault(risk, new TreeMap<>()).getOrDefault(split, PathCounts.NONE);
    }

    /** The splits that were asked. */
    public SortedSet<String> splits() {
        SortedSet<String> splits = new TreeSet<>();
        parts.values().forEach(one -> splits.addAll(one.keySet()));
        return splits;
    }

    ObjectNode json() {
        ObjectNode out = Json.object().put("identity", identity);
        parts.forEach((risk, splits) -> {
            ObjectNode of = out.putObject(risk.label());
            splits.forEach((split, counts) -> of.set(split, Json.tree(counts)));
        });
        out.set("stages", Json.tree(stages));
        adapter.ifPresent(hash -> out.put("adapter", hash));
        return out;
    }

    static RowCounts read(String label, JsonNode in) {
        Map<Risk, SortedMap<String, PathCounts>> parts = new EnumMap<>(Risk.class);
        for (Risk risk : Risk.values()) {
            SortedMap<String, PathCounts> splits = new TreeMap<>();
            in.path(risk.label())
                    .properties()
                    .forEach(split -> splits.put(split.getKey(), Json.as(split.getValue(), PathCounts.class)));
            if (!splits.isEmpty()) {
                parts.put(risk, splits);
            }
        }
        List<StageCost> stages = new ArrayList<>();
        in.required("stages").forEach(stage -> stages.add(Json.as(stage, StageCost.class)));
        return new RowCounts(
                label,
                Json.text(in.required("identity")),
                parts,
                stages,
                Optional.of(in.path("adapter").asString("")).filter(hash -> !hash.isEmpty()));
    }
}
