package org.espalier.app.command;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.espalier.core.InputException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line as values, with a clause of ours for those that are none. */
final class Values {
    private Values() {}

    /** Has every verb below read its values so. */
    static void readBy(CommandLine line) {
        line.registerConverter(Path.class, Values::path);
        line.registerConverter(int.class, number(Integer::valueOf, "a whole number"));
        line.registerConverter(Integer.class, number(Integer::valueOf, "a whole number"));
        line.registerConverter(long.class, number(Long::valueOf, "a whole number"));
        line.registerConverter(Long.class, number(Long::valueOf, "a whole number"));
        line.registerConverter(double.class, number(Double::valueOf, "a number"));
        line.registerConverter(Double.class, number(Double::valueOf, "a number"));
        line.registerConverter(BigDecimal.class, Values::money);
    }

    static Path path(String word) {
        if (word.isEmpty()) {
            // It would be the folder that one stands in, and comes of a variable that is not set.
            throw new TypeConversionException("it is empty: name a file or a folder");
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(
                    "'" + word + "' has letters that names of files cannot have in this locale: set LC_ALL=C.UTF-8");
        }
    }

    /** With an exponent a few letters would be a number of gigabytes. */
    private static BigDecimal money(String word) {
        if (!word.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new TypeConversionException("'" + word + "' is not an amount of money such as 2.50");
        }
        return new BigDecimal(word);
    }

    /** Refuses a number out of its range. */
    static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InputException(option + " is " + value + ": it goes from " + least + " to " + most);
        }
    }

    /** Refuses a number that is too small. */
    static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new InputException(option + " is at least " + least + ", not " + value);
        }
    }

    private static <T> ITypeConverter<T> number(Function<String, T> parse, String what) {
        return word -> {
            try {
                return parse.apply(word);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + word + "' is " + (word.matches("[+-]?\\d+") ? "too large a number" : "not " + what));
            }
        };
    }
}
