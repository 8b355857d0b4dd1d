package org.espalier.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The complete sets of settings that recipes start from. They are data: {@code paper.yaml}, {@code rpo.yaml}. */
final class Presets {
    static final List<String> NAMES = List.of("paper", "rpo");

    private Presets() {}

    /** The preset of a name; empty if there is none. */
    static Optional<Recipe> named(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        Trouble trouble = new Trouble();
        Recipe preset = new RecipeReader("preset", name, trouble).read(text(name));
        trouble.throwIfAny();
        return Optional.of(preset);
    }

    private static String text(String name) {
        try (InputStream file = Presets.class.getResourceAsStream(name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("the preset " + name + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
