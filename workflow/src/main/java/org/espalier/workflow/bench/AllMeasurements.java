package org.espalier.workflow.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.InputException;
import org.espalier.core.Progress;

/**
 * The measurement of a model on every benchmark whose data lie below one folder, each in a folder that is called as it is. Every one
 * is a run of its own.
 *
 * @param each what they have in common; its data is the folder of all of them, its run folder that of all runs
 */
public record AllMeasurements(ModelMeasurement each) {
    /**
     * Measures what is not measured yet.
     *
     * @param measured hears of each when it is done
     * @return the folders of the runs
     */
    public List<Path> run(Progress progress, Consumer<ModelMeasurement> measured) {
        List<ModelMeasurement> present = present();
        present.forEach(ModelMeasurement::check);
        List<Path> runs = new ArrayList<>();
        for (ModelMeasurement one : present) {
            one.run(progress);
            runs.add(one.out());
            measured.accept(one);
        }
        return runs;
    }

    /** Each of them, of which there must be one. */
    public List<ModelMeasurement> present() {
        List<ModelMeasurement> present = Benchmarks.shipped().all().stream()
                .map(Benchmark::name)
                .filter(name -> Files.isDirectory(each.choice().data().resolve(name)))
                .map(name -> each.by(each.choice().below(name), each.out().resolve(name)))
                .toList();
        if (present.isEmpty()) {
            throw new InputException(
                    each.choice().data() + " holds no folder that is called as a benchmark is, such as usb");
        }
        return present;
    }
}
