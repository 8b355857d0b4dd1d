package org.espalier.app.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.jspecify.annotations.Nullable;

/** A part of a recipe. The parts named after a method overlay {@code train} for that method alone. */
public enum Section {
    /** The settings at the top, under no name. */
    RUN("run", "run", RunSettings.class),
    EXPLORE("explore", "explore", ExploreSettings.class),
    TRAIN("train", "train", TrainSettings.class),
    SRPO("srpo", "train", TrainSettings.class),
    SFT("sft", "train", TrainSettings.class),
    DPO("dpo", "train", TrainSettings.class),
    ORPO("orpo", "train", TrainSettings.class),
    BENCH("bench", "bench", BenchSettings.class);

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final String label;
    private final String facts;
    private final Class<? extends Record> type;

    Section(String label, String facts, Class<? extends Record> type) {
        this.label = label;
        this.facts = facts;
        this.type = type;
    }

    /** As written in recipes. */
    String label() {
        return label;
    }

    /** Whether it overlays {@code train} for one method. */
    boolean isMethod() {
        return this != TRAIN && type == TrainSettings.class;
    }

    /** Its settings, in the order of the record that they become. */
    List<Key> keys() {
        Map<String, Facts> known = Facts.of(facts);
        return Arrays.stream(type.getRecordComponents())
                .map(component -> {
                    String name = name(component);
                    Facts said = Objects.requireNonNull(
                            known.get(name), () -> "settings.yaml does not explain " + facts + "." + name);
                    return new Key(name, component.getType(), said);
                })
                .toList();
    }

    /** Its settings as flags of the command line; the help of each ends with the paper's value. */
    public List<Flag> flags() {
        SortedMap<String, Given> paper =
                Presets.named(Recipe.DEFAULT_PRESET).orElseThrow().section(this);
        return keys().stream()
                .map(key -> new Flag(key.name(), key.placeholder(), key.facts().help() + value(paper.get(key.name()))))
                .toList();
    }

    private static String value(@Nullable Given given) {
        return given == null ? "" : " (" + Recipe.DEFAULT_PRESET + ": " + String.join(", ", given.words()) + ")";
    }

    private static String name(RecordComponent component) {
        return HUMP.matcher(component.getName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static Optional<Section> named(String label) {
        return Arrays.stream(values())
                .filter(section -> section != RUN && section.label.equals(label))
                .findFirst();
    }

    /** The sections that a setting belongs to, those of single methods left out; none for one at the top. */
    static List<Section> homes(String setting) {
        return Arrays.stream(values())
                .filter(section -> section != RUN && !section.isMethod())
                .filter(section ->
                        section.keys().stream().anyMatch(key -> key.name().equals(setting)))
                .toList();
    }

    static List<String> labels() {
        return Arrays.stream(values())
                .filter(section -> section != RUN)
                .map(Section::label)
                .toList();
    }
}
