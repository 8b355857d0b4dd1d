package org.espalier.serve.openai;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one object of a request, checked as they are taken. One that is null is as though it were not there.
 *
 * @param place before the fields' names in messages, such as {@code messages[0].}
 */
record RequestFields(JsonNode object, String place) {
    JsonNode of(String name) {
        JsonNode value = object.path(name);
        return value.isNull() ? object.path("\0none") : value;
    }

    boolean has(String name) {
        return !of(name).isMissingNode();
    }

    String name(String field) {
        return place + field;
    }

    ApiError wrong(String field, String must) {
        return ApiError.wrong(name(field), name(field) + " must be " + must + ".");
    }

    String text(String name, String must) {
        JsonNode value = of(name);
        if (!value.isString()) {
            throw wrong(name, must);
        }
        return value.stringValue();
    }

    boolean flag(String name, boolean absent) {
        JsonNode value = of(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean(absent);
    }

    double number(String name, double absent, double least, double most) {
        JsonNode value = of(name);
        if (value.isMissingNode()) {
            return absent;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw wrong(name, "a number from " + plain(least) + " to " + plain(most));
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    OptionalInt whole(String name, int least, int most) {
        JsonNode value = of(name);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!value.canConvertToExactIntegral()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw wrong(name, "a whole number from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most));
        }
        return OptionalInt.of(value.intValue());
    }

    OptionalLong seed(String name) {
        JsonNode value = of(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number of 64 bits");
        }
        return OptionalLong.of(value.longValue());
    }

    /** Refuses what is not listed: it might change the answer. */
    void only(List<String> known) {
        String others = StreamSupport.stream(
                        ((Iterable<String>) () -> object.propertyNames().iterator()).spliterator(), false)
                .filter(name -> has(name) && !known.contains(name))
                .map(name -> name.length() > 60 ? name.substring(0, 60) + "..." : name)
                .limit(5)
                .collect(Collectors.joining(", " + place, place, ""));
        if (!others.equals(place)) {
            throw new ApiError(
                    400,
                    others.split(", ")[0],
                    "unknown_parameter",
                    "This server does not know " + others + ", which might change the answer: leave it out.");
        }
    }
}
