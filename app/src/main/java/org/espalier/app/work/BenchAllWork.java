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
import org.espalier.core.InputException;

/**
 * Measures a model on every benchmark whose data lie below one folder, each in a folder that is called as it is. Every one
 * is a run of its own below {@code out}.
 *
 * @param choice of each, the folder of all data in it
 */
public record BenchAllWork(
        BenchmarkChoice choice,
        MeasuredModel model,
        Judges judges,
        Path out,
        Optional<String> title,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {
    /** Says what would be done. */
    public void foresee(Desk desk) {
        BenchForecast.Total total = BenchForecast.Total.NONE;
        for (BenchWork work : present()) {
            total = total.and(work.forecast(desk));
        }
        desk.say("In all: " + total.words() + ".");
    }

    /** Measures what is not measured yet, and says of each when it is done. */
    public List<Path> run(Desk desk) {
        List<BenchWork> present = present();
        present.forEach(BenchWork::check);
        List<Path> runs = new ArrayList<>();
        for (BenchWork work : present) {
            work.run(desk);
            runs.add(work.out());
            desk.say(work.choice().name() + " is measured.");
        }
        return runs;
    }

    private List<BenchWork> present() {
        List<BenchWork> present = Benchmarks.shipped().all().stream()
                .map(Benchmark::name)
                .filter(name -> Files.isDirectory(choice.data().resolve(name)))
                .map(name -> new BenchWork(choice.below(name), model, judges, out.resolve(name), title, run, bench))
                .toList();
        if (present.isEmpty()) {
            throw new InputException(choice.data() + " holds no folder that is called as a benchmark is, such as usb");
        }
        return present;
    }
}
