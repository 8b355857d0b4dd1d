package org.espalier.app.command;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Refuses options that would have no effect in the company they are in, as {@link GoesWith} and {@link NotWith} say of them. */
final class OptionCompany {
    private OptionCompany() {}

    /** @throws InputException if one of the options that were typed would be passed over */
    static void check(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            if (option.userObject() instanceof AnnotatedElement field) {
                Optional.ofNullable(field.getAnnotation(GoesWith.class))
                        .ifPresent(rule -> requireOne(option.longestName(), List.of(rule.value()), parsed));
                Optional.ofNullable(field.getAnnotation(NotWith.class))
                        .filter(rule -> given(rule.value(), parsed))
                        .ifPresent(rule -> {
                            throw new InputException(option.longestName() + " has no effect with " + rule.value()
                                    + ": leave one of the two out");
                        });
            }
        }
    }

    private static void requireOne(String name, List<String> others, ParseResult parsed) {
        List<String> known = others.stream()
                .filter(other -> parsed.commandSpec().findOption(words(other)[0]) != null)
                .toList();
        if (!known.isEmpty() && known.stream().noneMatch(other -> given(other, parsed))) {
            throw new InputException(name + " has no effect without " + String.join(" or ", known) + ": add "
                    + (known.size() == 1 ? "that" : "one of them") + ", or leave " + name + " out");
        }
    }

    private static boolean given(String words, ParseResult parsed) {
        String[] option = words(words);
        return Optional.ofNullable(parsed.matchedOption(option[0])).stream()
                .anyMatch(it -> option.length == 1 || Stream.of(option[1]).anyMatch(it.stringValues()::contains));
    }

    /** The name, and the value if it is a certain one. */
    private static String[] words(String option) {
        return option.split(" ", 2);
    }
}
