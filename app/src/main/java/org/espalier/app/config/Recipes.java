package org.espalier.app.config;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.text.Nearest;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;

/** Preset, then recipe file, then flags: the later wins, and each value remembers which it was. */
public final class Recipes {
    /** Between the words of a list; a comma in braces belongs to a regular expression. */
    private static final Pattern LISTED = Pattern.compile(",(?![^{]*})");

    private final Recipe recipe;
    private final Recipe preset;
    private final SortedMap<String, Given> flags;
    private final Trouble trouble;

    private Recipes(Recipe recipe, Recipe preset, SortedMap<String, Given> flags, Trouble trouble) {
        this.recipe = recipe;
        this.preset = preset;
        this.flags = flags;
        this.trouble = trouble;
    }

    /**
     * Reads a recipe.
     *
     * @param file the recipe; empty for the {@code paper} preset as it is
     * @param flags words given on the command line, by the setting's name
     * @throws InputException if the file cannot be read; what else is wrong is told when the settings are taken
     */
    public static Recipes read(Optional<Path> file, Map<String, String> flags) {
        Trouble trouble = new Trouble();
        Recipe recipe = file.map(path -> new RecipeReader("recipe", path.toString(), trouble).read(text(path)))
                .orElse(Recipe.EMPTY);
        Optional<Recipe> preset = Presets.named(recipe.preset());
        if (preset.isEmpty()) {
            trouble.add(
                    file.map(Path::toString).orElse("preset"),
                    "'" + recipe.preset() + "' is not a preset: take one of " + String.join(", ", Presets.NAMES)
                            + Nearest.suggestion(recipe.preset(), Presets.NAMES));
        }
        SortedMap<String, Given> given = new TreeMap<>();
        flags.forEach((name, words) -> given.put(name, new Given(List.of(LISTED.split(words)), "flag --" + name)));
        return new Recipes(
                recipe,
                preset.orElseGet(() -> Presets.named(Recipe.DEFAULT_PRESET).orElseThrow()),
                given,
                trouble);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    /** What holds for the whole run. */
    public Resolved<RunSettings> run() {
        return resolve(RunSettings.class, Section.RUN, layers(Section.RUN));
    }

    /** How branches are drawn. */
    public Resolved<ExploreSettings> explore() {
        return resolve(ExploreSettings.class, Section.EXPLORE, layers(Section.EXPLORE));
    }

    /** How a benchmark asks. */
    public Resolved<BenchSettings> bench() {
        return resolve(BenchSettings.class, Section.BENCH, layers(Section.BENCH));
    }

    /** How an adapter is trained, by the method that the recipe or the flags name. */
    public Resolved<TrainSettings> train() {
        SortedMap<String, Given> layers = layers(Section.TRAIN);
        return train(Section.named(String.join(",", method(layers).words()))
                .filter(Section::isMethod)
                .orElse(Section.TRAIN));
    }

    /** How an adapter is trained by one method, whichever the recipe or the flags name. */
    public Resolved<TrainSettings> train(TrainSettings.Method method) {
        return train(Section.valueOf(method.name()));
    }

    private Resolved<TrainSettings> train(Section method) {
        SortedMap<String, Given> layers = new TreeMap<>(preset.section(Section.TRAIN));
        layers.putAll(recipe.section(Section.TRAIN));
        layers.putAll(preset.section(method));
        layers.putAll(recipe.section(method));
        layers.putAll(flags);
        if (method != Section.TRAIN) {
            String source = flags.containsKey("method")
                    ? "flag --method"
                    : method(layers).source();
            layers.put("method", new Given(List.of(method.label()), source));
        }
        return resolve(TrainSettings.class, Section.TRAIN, layers);
    }

    private static Given method(SortedMap<String, Given> layers) {
        return Objects.requireNonNull(layers.get("method"), "every preset names a method");
    }

    private SortedMap<String, Given> layers(Section section) {
        SortedMap<String, Given> layers = new TreeMap<>(preset.section(section));
        layers.putAll(recipe.section(section));
        layers.putAll(flags);
        return layers;
    }

    /** Makes the record, or tells of everything that is wrong anywhere in the recipe and the flags. */
    private <T extends Record> Resolved<T> resolve(Class<T> type, Section section, SortedMap<String, Given> layers) {
        checkTheRest();
        SortedMap<String, Resolved.Origin> origins = new TreeMap<>();
        List<Key> keys = section.keys();
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            Key key = keys.get(i);
            Given given = layers.get(key.name());
            if (given == null) {
                trouble.add("preset " + recipe.preset(), "'" + key.name() + "' is missing");
                continue;
            }
            Optional<Object> value = parse(key, given);
            if (value.isPresent()) {
                values[i] = value.get();
                Object plain = value.get() instanceof Enum<?> choice ? Key.label(choice) : value.get();
                origins.put(key.name(), new Resolved.Origin(plain, given.source()));
            }
        }
        trouble.throwIfAny();
        return new Resolved<>(made(type, values), origins);
    }

    /** A wrong value in a part that this command does not use is told as well. */
    private void checkTheRest() {
        recipe.sections()
                .forEach((section, settings) -> section.keys().forEach(key -> {
                    Given given = settings.get(key.name());
                    if (given != null) {
                        parse(key, given);
                    }
                }));
    }

    private Optional<Object> parse(Key key, Given given) {
        try {
            return Optional.of(key.parse(given.words()));
        } catch (IllegalArgumentException e) {
            trouble.add(given.source(), "'" + key.name() + "' " + e.getMessage());
            return Optional.empty();
        }
    }

    private static <T extends Record> T made(Class<T> type, Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InputException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
