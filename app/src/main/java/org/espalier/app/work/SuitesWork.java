package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.InputException;

/**
 * Measures a model on every benchmark whose data lie below one folder, each in a folder that is called as it is; RSBench
 * among them. Every one is a run of its own below {@code out}.
 *
 * @param options of each, the folder of all data in them
 */
public record SuitesWork(
        SuiteData options,
        Subject subject,
        Judges judges,
        Path out,
        Optional<String> title,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {
    private static final String RSBENCH = "rsbench";
    private static final List<String> QUESTIONS = List.of("ssui.jsonl", "test.jsonl", "ssui-test.jsonl");

    /** Says what would be done. */
    public void foresee(Desk desk) {
        BenchForecast.Total total = BenchForecast.Total.NONE;
        for (String name : present()) {
            total = total.and(work(name).forecast(desk));
        }
        Optional<BenchWork> rsbench = rsbench();
        if (rsbench.isPresent()) {
            total = total.and(rsbench.get().forecast(desk));
        }
        desk.say("In all: " + total.words() + ".");
    }

    /** Measures what is not measured yet, and says of each when it is done. */
    public List<Path> run(Desk desk) {
        List<Path> runs = new ArrayList<>();
        for (String name : present()) {
            work(name).run(desk);
            runs.add(out.resolve(name));
            desk.say(name + " is measured.");
        }
        rsbench().ifPresent(work -> {
            work.run(desk);
            runs.add(work.out());
            desk.say(RSBENCH + " is measured.");
        });
        return runs;
    }

    private SuiteWork work(String name) {
        SuiteData data = new SuiteData(
                name, options.data().resolve(name), options.portion(), options.prompts(), options.jurors());
        return new SuiteWork(data, subject, judges, out.resolve(name), title.orElseGet(subject::title), run, bench);
    }

    private List<String> present() {
        List<String> names = new Benchmarks(Prompts.shipped(), 1)
                .all().stream()
                        .map(Benchmark::name)
                        .filter(name -> Files.isDirectory(options.data().resolve(name)))
                        .toList();
        if (names.isEmpty() && rsbench().isEmpty()) {
            throw new InputException(options.data() + " holds no folder that is called as a benchmark is, such as usb");
        }
        return names;
    }

    private Optional<BenchWork> rsbench() {
        return QUESTIONS.stream()
                .map(file -> options.data().resolve(RSBENCH).resolve(file))
                .filter(Files::exists)
                .findFirst()
                .map(file -> new BenchWork(
                        subject,
                        judges,
                        title,
                        options.prompts(),
                        file,
                        options.portion(),
                        out.resolve(RSBENCH),
                        run,
                        bench));
    }
}
