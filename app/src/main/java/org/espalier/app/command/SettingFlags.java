package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --recipe}, and a flag for each setting of a verb. */
final class SettingFlags {
    private static final String RECIPE = "--recipe";

    private SettingFlags() {}

    /** Adds them to every verb below that takes settings. */
    static void addTo(CommandLine line) {
        line.getSubcommands().values().forEach(SettingFlags::addTo);
        if (line.getCommandSpec().userObject() instanceof TakesSettings verb) {
            line.getCommandSpec()
                    .addOption(OptionSpec.builder(RECIPE)
                            .paramLabel("FILE.yaml")
                            .type(Path.class)
                            .description("Settings over a preset (its line 'preset: paper' or 'preset: rpo').")
                            .build());
            ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                    .exclusive(false)
                    .validate(false)
                    .heading("%nSettings, each over the recipe and the preset (without a recipe: paper):%n");
            verb.sections().forEach(section -> section.flags().forEach(flag -> group.addArg(option(flag))));
            line.getCommandSpec().addArgGroup(group.build());
        }
    }

    private static OptionSpec option(Section.Flag flag) {
        return OptionSpec.builder("--" + flag.name())
                .paramLabel(flag.placeholder())
                .type(String.class)
                .description(flag.help().replace("%", "%%"))
                .build();
    }

    /** The recipe and the flags that were given. */
    static Recipes read(CommandSpec spec, TakesSettings verb) {
        Map<String, String> given = new TreeMap<>();
        for (var section : verb.sections()) {
            for (Section.Flag flag : section.flags()) {
                String value = spec.findOption("--" + flag.name()).getValue();
                if (value != null) {
                    given.put(flag.name(), value);
                }
            }
        }
        Path recipe = spec.findOption(RECIPE).getValue();
        return Recipes.read(Optional.ofNullable(recipe), given);
    }

    /** The options of a verb that were given, by their names, each with itself as its source. */
    static SortedMap<String, String> origins(CommandSpec spec) {
        SortedMap<String, String> origins = new TreeMap<>();
        spec.commandLine()
                .getParseResult()
                .matchedOptions()
                .forEach(option ->
                        origins.put(option.longestName().replaceFirst("^--", ""), "flag " + option.longestName()));
        return origins;
    }
}
