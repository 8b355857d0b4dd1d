package org.espalier.report.run;

import java.util.List;

/**
 * A training and its metrics, a step a line.
 *
 * @param unreadable lines of the metrics that could not be read and were left out
 */
public record TrainRun(RunInfo info, Method method, List<Metric> metrics, int unreadable) {
    static final String METRICS = "metrics.jsonl";

    TrainRun with(String note) {
        return new TrainRun(info, method.with(note), metrics, unreadable);
    }

    /** The method a training record names. */
    static Method method(RunInfo info) {
        String key = info.setting("method").orElse(info.name().replaceFirst("^train-", ""));
        boolean refreshed = info.setting("refresh").map(TrainRun::isOn).orElse(false);
        return Method.of(refreshed && !key.endsWith("-refresh") ? key + "-refresh" : key);
    }

    private static boolean isOn(String refresh) {
        return !refresh.equals("0") && !refresh.equals("false") && !refresh.equals("[]") && !refresh.isEmpty();
    }
}
