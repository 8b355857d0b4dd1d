package org.espalier.bench.own;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.bench.internal.ItemRow;
import org.espalier.bench.internal.ItemValue;
import org.espalier.bench.suite.BenchmarkItem;

/**
 * The options of a question by their letters, and which of them a free answer chooses. In this order: a letter in a box
 * or said to be the answer, a letter that begins the answer or is all of it, the one letter that stands by itself, the
 * one option whose text is in the answer. An answer that chooses several, or rules one out, chooses none.
 */
record OptionReader(SortedMap<Character, String> options) {
    /** As many as there are letters. */
    static final int MOST = 26;

    private static final String FACT = "option ";
    private static final Pattern BOXED = Pattern.compile("\\\\boxed\\{\\s*(?:\\\\text\\{)?\\s*\\(?([A-Za-z])\\)?\\s*}");
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)\\b(?:answer|option|choice)\\b(?:\\s+(?:is|would be|should be))?\\s*[:：]?\\s*[(\\[\"'*_]*"
                    + "((?-i:[A-Z]))(?![\\p{L}\\p{N}'’])(?! [a-z])");
    private static final Pattern FIRST = Pattern.compile(
            "^[(\\[\"'*_#\\s]*([A-Za-z])(?:[)\\]\"'*_.,:;：。、\\s]*$" + "|[)\\]*_\"']*[.,:;)：。、](?=\\s|$|\\p{IsHan}))");
    /** No article, and no pronoun. */
    private static final Pattern ALONE = Pattern.compile(
            "(?<![\\p{L}\\p{N}'’])" + "([B-HJ-Z]|[AI](?! (?!(?:or|and|is)\\b)[\\p{L}]))(?![\\p{L}\\p{N}'’])");

    private static final Pattern NEITHER = Pattern.compile("(?i)\\b(?:neither|none of)\\b");

    OptionReader {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** The options of a row: one a column, or those of a list. */
    static OptionReader of(List<String> columns, ItemRow row) {
        SortedMap<Character, String> options = new TreeMap<>();
        List<String> texts = columns.size() == 1
                        && row.value(columns.getFirst()).orElse(new ItemValue.One(""))
                                instanceof ItemValue.Several(List<String> list)
                ? list
                : columns.stream().map(row::words).toList();
        for (int i = 0; i < Math.min(MOST, texts.size()); i++) {
            if (!texts.get(i).isBlank()) {
                options.put((char) ('A' + i), texts.get(i).strip());
            }
        }
        return new OptionReader(options);
    }

    /** As they were put into the facts of an item. */
    static OptionReader of(BenchmarkItem item) {
        SortedMap<Character, String> options = new TreeMap<>();
        item.facts().forEach((name, text) -> {
            if (name.startsWith(FACT)) {
                options.put(name.charAt(FACT.length()), text);
            }
        });
        return new OptionReader(options);
    }

    Map<String, String> facts() {
        return options.entrySet().stream()
                .collect(Collectors.toMap(option -> FACT + option.getKey(), Map.Entry::getValue));
    }

    /** One a line, each behind its letter. */
    String list() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + ". " + option.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The letter that the data name as right: as a letter, or as an option's text. */
    Optional<String> named(String answer) {
        Optional<Character> byText = options.entrySet().stream()
                .filter(option -> option.getValue().equalsIgnoreCase(answer))
                .map(Map.Entry::getKey)
                .findFirst();
        String letter = answer.toUpperCase(Locale.ROOT).replaceAll("[().\\s]", "");
        return (letter.length() == 1 ? known(letter) : Optional.<Character>empty())
                .or(() -> byText)
                .map(String::valueOf);
    }

    private Optional<Character> known(String letter) {
        return Optional.of(letter.charAt(0)).filter(options::containsKey);
    }

    /** The letter that an answer chooses; empty where it chooses none or several. */
    Optional<String> chosen(String answer) {
        String said = answer.strip();
        if (NEITHER.matcher(said).find()) {
            return Optional.empty();
        }
        for (Pattern pattern : List.of(BOXED, ANNOUNCED, FIRST, ALONE)) {
            List<Character> letters = pattern.matcher(said)
                    .results()
                    .flatMap(found -> known(found.group(1).toUpperCase(Locale.ROOT)).stream())
                    .distinct()
                    .toList();
            if (!letters.isEmpty()) {
                return letters.size() == 1 ? Optional.of(String.valueOf(letters.getFirst())) : Optional.empty();
            }
        }
        return byText(plain(said));
    }

    private Optional<String> byText(String said) {
        List<Character> found = new ArrayList<>();
        Predicate<String> inside = text -> !text.isEmpty() && (" " + said + " ").contains(" " + text + " ");
        options.forEach((letter, text) -> {
            if (inside.test(plain(text))) {
                found.add(letter);
            }
        });
        return found.size() == 1 ? Optional.of(String.valueOf(found.getFirst())) : Optional.empty();
    }

    /** In small letters, with one blank between words and no marks. */
    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
