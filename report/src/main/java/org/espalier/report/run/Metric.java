package org.espalier.report.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;

/** What was measured at one step of a training; numbers that are not finite are left out. */
public record Metric(long step, Map<String, Double> values) {
    public static final String LOSS = "loss";
    public static final String MARGIN = "margin";
    public static final String ACCURACY = "accuracy";
    public static final String CHOSEN = "chosen_logp";
    public static final String REJECTED = "rejected_logp";

    public OptionalDouble of(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Adds the metrics of a file to {@code metrics} and returns how many lines could not be read. */
    static int read(Path file, List<Metric> metrics) {
        Problems problems = new Problems(file);
        JsonLines.read(file, problems, line -> {
            long step = line.whole("step");
            if (line.sound()) {
                Map<String, Double> values = new LinkedHashMap<>();
                line.object().properties().forEach(field -> {
                    if (field.getValue().isNumber()
                            && Double.isFinite(field.getValue().doubleValue())) {
                        values.put(field.getKey(), field.getValue().doubleValue());
                    }
                });
                metrics.add(new Metric(step, values));
            }
        });
        return problems.count();
    }

    /** The metrics that have a value of this name. */
    public static List<Metric> having(List<Metric> metrics, String name) {
        return new ArrayList<>(
                metrics.stream().filter(metric -> metric.of(name).isPresent()).toList());
    }
}
