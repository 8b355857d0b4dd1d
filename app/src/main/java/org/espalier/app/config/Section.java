package org.espalier.app.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.settings.Settings;
import org.espalier.srpo.objective.Objective;

/**
 * A part of a recipe. The part named after a method has the settings of its objective, and those of {@code train} that
 * hold for that method alone.
 *
 * @param label as written in recipes
 * @param papers the settings that belong here, each with the paper's value
 */
public record Section(String label, SequencedMap<SettingKey, Object> papers) {
    /**
     * A setting as the command line takes it.
     *
     * @param name without the dashes
     * @param placeholder what stands for the value in {@code --help}
     */
    public record Flag(String name, String placeholder, String help) {}

    /** The settings at the top, under no name. */
    public static final Section RUN = new Section("run", Settings.values(Preset.PAPER.run()));

    public static final Section EXPLORE = new Section("explore", Settings.values(Preset.PAPER.explore()));
    public static final Section BENCH = new Section("bench", Settings.values(Preset.PAPER.bench()));

    static final SettingKey METHOD = SettingKey.choice(
            "method",
            "What is minimised; each method has further settings below.",
            Preset.PAPER.objectives().stream().map(Objective::name).toList());

    public static final Section TRAIN = train();

    private static final List<Section> METHODS = Preset.PAPER.objectives().stream()
            .map(objective -> new Section(objective.name(), Settings.values((Record) objective)))
            .toList();

    private static final List<Section> NAMED = Stream.of(List.of(EXPLORE, TRAIN), METHODS, List.of(BENCH))
            .flatMap(List::stream)
            .toList();

    /** Every part. */
    static final List<Section> ALL =
            Stream.concat(Stream.of(RUN), NAMED.stream()).toList();

    public Section {
        papers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(papers));
    }

    private static Section train() {
        SequencedMap<SettingKey, Object> papers = Settings.values(Preset.PAPER.train());
        papers.putFirst(METHOD, Preset.PAPER.train().objective().name());
        return new Section("train", papers);
    }

    /** Its own settings. */
    Collection<SettingKey> keys() {
        return papers.keySet();
    }

    /** What may be written here: its own settings, and below a method training's. */
    List<SettingKey> accepted() {
        Stream<SettingKey> more =
                METHODS.contains(this) ? TRAIN.keys().stream().filter(Predicate.not(METHOD::equals)) : Stream.empty();
        return Stream.concat(keys().stream(), more).toList();
    }

    /**
     * Its settings as flags of the command line, with training's those of the methods; the help of each ends with the
     * paper's value.
     */
    public List<Flag> flags() {
        SequencedMap<String, Flag> flags = new LinkedHashMap<>();
        Stream.concat(Stream.of(this), equals(TRAIN) ? METHODS.stream() : Stream.empty())
                .forEach(section ->
                        section.papers.forEach((key, value) -> flags.putIfAbsent(key.flag(), flag(key, value))));
        return List.copyOf(flags.values());
    }

    private static Flag flag(SettingKey key, Object paper) {
        return new Flag(
                key.flag(),
                key.placeholder(),
                key.help() + " (" + Recipe.DEFAULT_PRESET + ": " + SettingKey.words(paper) + ")");
    }

    /** Whether its settings matter where one method trains: all but those of other methods. */
    boolean holdsFor(String method) {
        return !METHODS.contains(this) || label.equals(method);
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
                .filter(section -> section.keys().stream().anyMatch(setting))
                .toList();
    }

    static Collection<String> labels() {
        return NAMED.stream().map(Section::label).toList();
    }
}
