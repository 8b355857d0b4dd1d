package org.espalier.report.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training and its metrics, a step a line.
 *
 * @param unreadable lines of the metrics that could not be read and were left out
 */
public record TrainRun(RunInfo info, Method method, List<Metric> metrics, int unreadable) {
    static final String METRICS = "metrics.jsonl";

    /** The choices within SRPO's equations, and the paper's: a loss with others is another loss. */
    private static final List<Map.Entry<String, String>> EQUATIONS = List.of(
            Map.entry("alignment", "log-ratio"),
            Map.entry("reference", "step-mean"),
            Map.entry("likelihood", "sum"),
            Map.entry("over-pairs", "sum"),
            Map.entry("pairs-per-step", "1"),
            Map.entry("reference-path", "dataset"),
            Map.entry("k", "1"));

    TrainRun with(String note) {
        return new TrainRun(info, method.with(note), metrics, unreadable);
    }

    /** The method a training record names. */
    static Method method(RunInfo info) {
        String key = info.setting("method").orElse(info.name().replaceFirst("^train-", ""));
        boolean refreshed = info.setting("refresh").map(TrainRun::isOn).orElse(false);
        Method method = Method.of(refreshed && !key.endsWith("-refresh") ? key + "-refresh" : key);
        Method own = method.isSrpo() ? method.but(others(info)) : method;
        return info.input("adapter").map(TrainRun::stageBefore).map(own::after).orElse(own);
    }

    /** Of the adapter that a training continued: by the folder of the run around it. */
    private static Method stageBefore(Path weights) {
        Path adapter = weights.toAbsolutePath().normalize().getParent();
        return adapter == null ? Method.BASE : BenchRun.byPlace(adapter);
    }

    private static List<String> others(RunInfo info) {
        return EQUATIONS.stream()
                .flatMap(papers -> info
                        .setting(papers.getKey())
                        .map(value -> value.replaceFirst("\\.0$", "").toLowerCase(Locale.ROOT))
                        .filter(value -> !value.equals(papers.getValue()))
                        .map(value -> words(papers.getKey(), value))
                        .stream())
                .toList();
    }

    private static String words(String setting, String value) {
        return setting.equals("reference-path") ? "own paths" : setting + " " + value;
    }

    private static boolean isOn(String refresh) {
        return !refresh.equals("0") && !refresh.equals("false") && !refresh.equals("[]") && !refresh.isEmpty();
    }
}
