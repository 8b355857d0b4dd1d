package org.espalier.workflow.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.work.GroupRunner;

/**
 * The measurement of a model on every benchmark whose data lie below one folder, each in a folder that is called as it is. Every one
 * is a run of its own.
 *
 * @param each what they have in common; its data is the folder of all of them, its run folder that of all runs
 */
public record AllMeasurements(ModelMeasurement each) {
    /**
     * What there is to measure.
     *
     * @param sound those whose data can be read
     * @param unreadable why the others cannot, in a sentence, by the name of the benchmark
     */
    public record Present(List<ModelMeasurement> sound, SequencedMap<String, String> unreadable) {
        public Present {
            sound = List.copyOf(sound);
            unreadable = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unreadable));
        }
    }

    /**
     * Measures what is not measured yet. A benchmark that cannot be read keeps no other from being measured.
     *
     * @param present as {@link #present} found it
     * @param runner where models are asked
     * @param measured hears of each when it is done
     * @return the folders of the runs
     */
    public List<Path> run(Present present, GroupRunner runner, Progress progress, Consumer<ModelMeasurement> measured) {
        List<Path> runs = new ArrayList<>();
        for (ModelMeasurement one : present.sound()) {
            one.run(runner, progress);
            runs.add(one.out());
            measured.accept(one);
        }
        return runs;
    }

    /** @throws InputException if there is none, or none can be read */
    public Present present() {
        List<ModelMeasurement> all = Benchmarks.shipped().all().stream()
                .map(Benchmark::name)
                .filter(name -> Files.isDirectory(each.choice().data().resolve(name)))
                .map(name -> each.by(each.choice().below(name), each.out().resolve(name)))
                .toList();
        if (all.isEmpty()) {
            throw new InputException(
                    each.choice().data() + " holds no folder that is called as a benchmark is, such as usb");
        }
        List<ModelMeasurement> sound = new ArrayList<>();
        SequencedMap<String, String> unreadable = new LinkedHashMap<>();
        for (ModelMeasurement one : all) {
            try {
                one.check();
                sound.add(one);
            } catch (InputException e) {
                unreadable.put(one.choice().name(), String.valueOf(e.getMessage()));
            }
        }
        if (sound.isEmpty()) {
            throw new InputException(unreadable.firstEntry().getValue());
        }
        return new Present(sound, unreadable);
    }
}
