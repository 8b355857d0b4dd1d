package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What help says of options in one way: a number is N and a path FILE where nothing else is said, and each default stands
 * behind its description.
 */
final class OptionHelp {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

    private OptionHelp() {}

    /** Has every verb below say it so. */
    static void complete(CommandLine line) {
        line.getSubcommands().values().forEach(OptionHelp::complete);
        CommandSpec command = line.getCommandSpec();
        for (OptionSpec option : List.copyOf(command.options())) {
            Optional<String> label = label(option);
            Optional<String[]> description = description(option);
            if (label.isPresent() || description.isPresent()) {
                OptionSpec.Builder better = option.toBuilder();
                label.ifPresent(better::paramLabel);
                description.ifPresent(better::description);
                command.remove(option);
                command.addOption(better.build());
            }
        }
    }

    /** Empty where an option says what its value is called: picocli puts the names of fields in brackets. */
    private static Optional<String> label(OptionSpec option) {
        List<Class<?>> types = List.of(option.auxiliaryTypes());
        if (option.inherited() || !option.paramLabel().startsWith("<")) {
            return Optional.empty();
        }
        return types.contains(Path.class)
                ? Optional.of("FILE")
                : Optional.of("N").filter(_ -> types.stream().anyMatch(NUMBERS::contains));
    }

    /** Empty where there is no default, or the description says it in other words. */
    private static Optional<String[]> description(OptionSpec option) {
        String[] lines = option.description().clone();
        String value = option.defaultValue();
        if (option.inherited()
                || value == null
                || value.isEmpty()
                || String.join(" ", lines).contains("efault")) {
            return Optional.empty();
        }
        int last = lines.length - 1;
        lines[last] = lines[last].replaceFirst("\\.$", "") + " (default ${DEFAULT-VALUE}).";
        return Optional.of(lines);
    }
}
