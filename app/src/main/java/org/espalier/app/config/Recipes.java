package org.espalier.app.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.InputException;
import org.espalier.core.file.TextFile;
import org.espalier.core.settings.Resolved;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.settings.Settings;
import org.espalier.core.text.Nearest;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.train.TrainSettings;

/** Preset, then recipe file, then flags: the later wins, and each value remembers which it was. */
public final class Recipes {
    /** Between the words of a list; a comma in braces belongs to a regular expression. */
    private static final Pattern LISTED = Pattern.compile(",(?![^{]*})");

    private final Recipe recipe;
    private final Preset preset;
    private final SortedMap<String, Given> flags;
    private final Trouble trouble;

    private Recipes(Recipe recipe, Preset preset, SortedMap<String, Given> flags, Trouble trouble) {
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
        SortedMap<String, Given> given = new TreeMap<>();
        flags.forEach(
                (name, words) -> given.put(name, new Given(name, List.of(LISTED.split(words)), "flag --" + name)));
        return over(file, given);
    }

    /** The same with settings that stand elsewhere than on the command line, by the names of their flags. */
    static Recipes over(Optional<Path> file, SortedMap<String, Given> given) {
        Trouble trouble = new Trouble();
        Recipe recipe = file.map(path -> new RecipeReader(path.toString(), trouble).read(TextFile.read(path)))
                .orElse(Recipe.EMPTY);
        Optional<Preset> preset = Preset.named(recipe.preset());
        if (preset.isEmpty()) {
            trouble.add(
                    file.map(Path::toString).orElse("preset"),
                    "'" + recipe.preset() + "' is not a preset: take one of " + String.join(", ", Preset.NAMES)
                            + Nearest.suggestion(recipe.preset(), Preset.NAMES));
        }
        return new Recipes(recipe, preset.orElse(Preset.PAPER), given, trouble);
    }

    /** Names every random number of the run. */
    public long seed() {
        return resolve(preset.run(), Section.RUN).settings().seed();
    }

    /** How branches are drawn. */
    public Resolved<ExploreSettings> explore() {
        return resolve(preset.explore(), Section.EXPLORE);
    }

    /** How a benchmark asks. */
    public Resolved<BenchSettings> bench() {
        return resolve(preset.bench(), Section.BENCH);
    }

    private <T extends Record> Resolved<T> resolve(T settings, Section section) {
        checkTheRest();
        SortedMap<String, Resolved.Origin> origins = new TreeMap<>();
        Map<String, Object> values = values(settings, origins, section);
        trouble.throwIfAny();
        return new Resolved<>(Settings.with(settings, values), origins);
    }

    /** How an adapter is trained, by the method that the recipe or the flags name; a flag of another method is refused. */
    public Resolved<TrainSettings> train() {
        Optional<Object> named = given(Section.METHOD, Section.TRAIN).flatMap(given -> parse(Section.METHOD, given));
        String method = named.map(Object::toString)
                .orElseGet(() -> preset.train().objective().name());
        flags.values().forEach(flag -> refuseOfOthers(flag, method));
        return train(method);
    }

    private void refuseOfOthers(Given flag, String method) {
        List<Section> homes = Section.homes(setting -> setting.flag().equals(flag.name()));
        if (!homes.isEmpty() && homes.stream().noneMatch(home -> home.holdsFor(method))) {
            String theirs = homes.stream().map(Section::label).collect(Collectors.joining(" and "));
            trouble.add(
                    flag.source(), "is a setting of " + theirs + ", and the method is " + method + ": leave it out");
        }
    }

    /** How an adapter is trained by one method, whichever the recipe or the flags name. */
    public Resolved<TrainSettings> train(String method) {
        checkTheRest();
        Section own = Section.ofMethod(method);
        SortedMap<String, Resolved.Origin> origins = new TreeMap<>();
        Record objective = preset.objective(method);
        Map<String, Object> ofObjective = values(objective, origins, own);
        Map<String, Object> ofTrain = values(preset.train(), origins, own, Section.TRAIN);
        trouble.throwIfAny();
        origins.put("method", new Resolved.Origin(method, source(given(Section.METHOD, Section.TRAIN))));
        return new Resolved<>(
                Settings.with(preset.train(), ofTrain).withObjective((Objective) Settings.with(objective, ofObjective)),
                origins);
    }

    /** What the flags, else the recipe say of a setting, in the first of some sections that says anything. */
    private Optional<Given> given(SettingKey key, Section... homes) {
        return Optional.ofNullable(flags.get(key.flag()))
                .or(() -> Arrays.stream(homes)
                        .flatMap(home -> recipe.given(home, key).stream())
                        .findFirst());
    }

    private String source(Optional<Given> given) {
        return given.map(Given::source).orElse("preset " + preset.name());
    }

    /** The values of a record's settings by name; what is wrong is noted. */
    private Map<String, Object> values(Record settings, SortedMap<String, Resolved.Origin> origins, Section... homes) {
        Map<String, Object> values = new TreeMap<>();
        Settings.values(settings).forEach((key, ofPreset) -> {
            Optional<Given> given = given(key, homes);
            Object value = given.flatMap(words -> parse(key, words)).orElse(ofPreset);
            values.put(key.name(), value);
            origins.put(key.flag(), Resolved.Origin.of(value, source(given)));
        });
        return values;
    }

    /** A wrong value in a part that this command does not use is told as well. */
    private void checkTheRest() {
        for (Section section : Section.ALL) {
            section.accepted().forEach(key -> {
                recipe.given(section, key).ifPresent(given -> parse(key, given));
                Optional.ofNullable(flags.get(key.flag())).ifPresent(given -> parse(key, given));
            });
        }
    }

    private Optional<Object> parse(SettingKey key, Given given) {
        try {
            return Optional.of(key.parse(given.words()));
        } catch (IllegalArgumentException e) {
            trouble.add(given.source(), "'" + given.name() + "' " + e.getMessage());
            return Optional.empty();
        }
    }
}
