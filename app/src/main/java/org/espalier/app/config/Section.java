package org.espalier.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A part of a recipe. The parts named after a method overlay {@code train} for that method alone. */
public enum Section {
    EXPLORE("explore", ExploreSettings.class),
    TRAIN("train", TrainSettings.class),
    SRPO("srpo", TrainSettings.class),
    SFT("sft", TrainSettings.class),
    DPO("dpo", TrainSettings.class),
    ORPO("orpo", TrainSettings.class);

    private final String label;
    private final Class<? extends Record> type;

    Section(String label, Class<? extends Record> type) {
        this.label = label;
        this.type = type;
    }

    /** As written in recipes. */
    String label() {
        return label;
    }

    Class<? extends Record> type() {
        return type;
    }

    List<Key> keys() {
        return Key.of(type);
    }

    static Optional<Section> named(String label) {
        return Arrays.stream(values()).filter(s -> s.label.equals(label)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Section::label).toList();
    }
}
