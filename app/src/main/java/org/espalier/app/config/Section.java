package org.espalier.app.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.espalier.core.settings.SettingKey;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objectives;
import org.espalier.srpo.train.TrainSettings;

/**
 * A part of a recipe. The part named after a method has the settings of its objective, and those of {@code train} that
 * hold for that method alone.
 *
 * @param label as written in recipes
 * @param keys the settings that belong here
 */
public record Section(String label, List<SettingKey> keys) {
    /** The settings at the top, under no name. */
    public static final Section RUN = new Section("run", SettingKey.all(RunSettings.class));

    public static final Section EXPLORE = new Section("explore", SettingKey.all(ExploreSettings.class));
    public static final Section BENCH = new Section("bench", SettingKey.all(BenchSettings.class));

    static final SettingKey METHOD = SettingKey.choice(
            "method",
            "What is minimised; each has further settings below.",
            Objectives.PAPER.stream().map(Objective::name).toList());

    public static final Section TRAIN = new Section(
            "train",
            Stream.concat(Stream.of(METHOD), SettingKey.all(TrainSettings.class).stream())
                    .toList());

    private static final List<Section> METHODS = Preset.PAPER.objectives().stream()
            .map(objective -> new Section(objective.name(), SettingKey.all(((Record) objective).getClass())))
            .toList();

    private static final List<Section> NAMED = Stream.of(List.of(EXPLORE, TRAIN), METHODS, List.of(BENCH))
            .flatMap(List::stream)
            .toList();

    /** Every part. */
    static final List<Section> ALL =
            Stream.concat(Stream.of(RUN), NAMED.stream()).toList();

    public Section {
        keys = List.copyOf(keys);
    }

    /** Its settings as flags of the command line, those of the methods with training's; the help of each ends with the
     * paper's value. */
    public List<Flag> flags() {
        SequencedMap<String, Flag> flags = new LinkedHashMap<>();
        keys.forEach(key -> flags.put(key.flag(), flag(key, papers(this, key))));
        if (equals(TRAIN)) {
            METHODS.forEach(method ->
                    method.keys.forEach(key -> flags.putIfAbsent(key.flag(), flag(key, papers(method, key)))));
        }
        return List.copyOf(flags.values());
    }

    private static Flag flag(SettingKey key, Object paper) {
        return new Flag(
                key.flag(),
                key.placeholder(),
                key.help() + " (" + Recipe.DEFAULT_PRESET + ": " + SettingKey.words(paper) + ")");
    }

    private static Object papers(Section section, SettingKey key) {
        Preset paper = Preset.PAPER;
        if (key.equals(METHOD)) {
            return paper.train().objective().name();
        }
        Record settings = switch (section.label) {
            case "run" -> paper.run();
            case "explore" -> paper.explore();
            case "train" -> paper.train();
            case "bench" -> paper.bench();
            default -> paper.objective(section.label);
        };
        return java.util.Objects.requireNonNull(Overlay.values(settings).get(key), key.name());
    }

    /** What may be written here: its own settings, and below a method training's. */
    List<SettingKey> accepted() {
        return METHODS.contains(this)
                ? Stream.concat(keys.stream(), TRAIN.keys.stream().filter(Predicate.not(METHOD::equals)))
                        .toList()
                : keys;
    }

    static Section ofMethod(String method) {
        return METHODS.stream()
                .filter(section -> section.label.equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(method));
    }

    static Optional<Section> named(String label) {
        return NAMED.stream().filter(section -> section.label.equals(label)).findFirst();
    }

    /** The named sections that a setting belongs to; none for one at the top. */
    static List<Section> homes(Predicate<SettingKey> setting) {
        return NAMED.stream()
                .filter(section -> section.keys.stream().anyMatch(setting))
                .toList();
    }

    static Collection<String> labels() {
        return NAMED.stream().map(Section::label).toList();
    }
}
