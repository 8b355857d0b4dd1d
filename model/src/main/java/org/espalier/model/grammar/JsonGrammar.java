package org.espalier.model.grammar;

import static org.espalier.model.grammar.Grammar.choice;
import static org.espalier.model.grammar.Grammar.letter;
import static org.espalier.model.grammar.Grammar.optional;
import static org.espalier.model.grammar.Grammar.range;
import static org.espalier.model.grammar.Grammar.sequence;
import static org.espalier.model.grammar.Grammar.text;

import java.util.ArrayList;
import java.util.List;

/**
 * JSON on one line, with or without a blank after colons and commas. Numbers are bounded in digits and values in depth, so
 * that no answer goes on for ever inside one; whatever is written is JSON (RFC 8259).
 */
public final class JsonGrammar {
    private static final int DIGITS = 15;

    private static final Grammar HEX = choice(range('0', '9'), range('a', 'f'), range('A', 'F'));
    private static final Grammar REST = range(0x80, 0xBF);
    /** As Unicode's table 3-7 has them; of those that are spelled by number, none that is half of a pair. */
    private static final Grammar CHARACTER = choice(
            range(0x20, 0x21),
            range(0x23, 0x5B),
            range(0x5D, 0x7E),
            sequence(range(0xC2, 0xDF), REST),
            sequence(range(0xE0, 0xE0), range(0xA0, 0xBF), REST),
            sequence(choice(range(0xE1, 0xEC), range(0xEE, 0xEF)), REST, REST),
            sequence(range(0xED, 0xED), range(0x80, 0x9F), REST),
            sequence(range(0xF0, 0xF0), range(0x90, 0xBF), REST, REST),
            sequence(range(0xF1, 0xF3), REST, REST, REST),
            sequence(range(0xF4, 0xF4), range(0x80, 0x8F), REST, REST),
            sequence(
                    range('\\', '\\'),
                    choice(
                            letter("\"\\/bfnrt"),
                            sequence(
                                    range('u', 'u'),
                                    choice(
                                            sequence(choice(range('0', '9'), letter("abcefABCEF")), HEX),
                                            sequence(letter("dD"), range('0', '7'))),
                                    HEX,
                                    HEX))));

    private static final Grammar DIGIT = range('0', '9');
    private static final Grammar INTEGER = sequence(
            optional(range('-', '-')),
            choice(range('0', '0'), sequence(range('1', '9'), new Grammar.Repeated(DIGIT, 0, DIGITS - 1))));
    private static final Grammar COLON = sequence(range(':', ':'), optional(range(' ', ' ')));
    private static final Grammar COMMA = sequence(range(',', ','), optional(range(' ', ' ')));

    private JsonGrammar() {}

    /** A member of an object. */
    public record Property(String name, Grammar value, boolean required) {}

    /** A string of so many characters. */
    public static Grammar string(int least, int most) {
        return sequence(range('"', '"'), new Grammar.Repeated(CHARACTER, least, most), range('"', '"'));
    }

    /** A whole number of at most 15 digits, which a double holds exactly. */
    public static Grammar integer() {
        return INTEGER;
    }

    public static Grammar number() {
        return sequence(
                INTEGER,
                optional(sequence(range('.', '.'), new Grammar.Repeated(DIGIT, 1, DIGITS))),
                optional(sequence(letter("eE"), optional(letter("+-")), new Grammar.Repeated(DIGIT, 1, 2))));
    }

    public static Grammar array(Grammar item, int least, int most) {
        if (most == 0) {
            return text("[]");
        }
        int more = most == Grammar.UNBOUNDED ? most : most - 1;
        Grammar items = sequence(item, new Grammar.Repeated(sequence(COMMA, item), Math.max(0, least - 1), more));
        return sequence(range('[', '['), least == 0 ? optional(items) : items, range(']', ']'));
    }

    /**
     * An object with these members, in their order, and no others.
     *
     * @param quote a text as a JSON string
     */
    public static Grammar object(List<Property> properties, java.util.function.UnaryOperator<String> quote) {
        // All that may come next stand in one choice: one inside the other, many would take a frame of the stack each.
        List<Grammar> first = List.of(sequence());
        List<Grammar> later = List.of(sequence());
        for (Property property : properties.reversed()) {
            Grammar member = sequence(text(quote.apply(property.name())), COLON, property.value());
            Grammar rest = new Grammar.Choice(later);
            Grammar here = sequence(member, rest);
            Grammar there = sequence(COMMA, member, rest);
            first = property.required() ? List.of(here) : before(here, first);
            later = property.required() ? List.of(there) : before(there, later);
        }
        return sequence(range('{', '{'), new Grammar.Choice(first), range('}', '}'));
    }

    private static List<Grammar> before(Grammar first, List<Grammar> others) {
        List<Grammar> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }

    /** Any object, whose values are so many deep at most, itself included. */
    public static Grammar anyObject(int depth) {
        Grammar flat = choice(string(0, Grammar.UNBOUNDED), number(), text("true"), text("false"), text("null"));
        Grammar value = flat;
        for (int i = 1; i < depth; i++) {
            List<Grammar> ways = new ArrayList<>(List.of(flat, array(value, 0, Grammar.UNBOUNDED), members(value)));
            value = new Grammar.Choice(ways);
        }
        return members(value);
    }

    private static Grammar members(Grammar value) {
        Grammar member = sequence(string(0, Grammar.UNBOUNDED), COLON, value);
        Grammar all = sequence(member, new Grammar.Repeated(sequence(COMMA, member), 0, Grammar.UNBOUNDED));
        return sequence(range('{', '{'), optional(all), range('}', '}'));
    }
}
