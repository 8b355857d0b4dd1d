package org.espalier.bench.own;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.espalier.core.file.Problems;
import org.espalier.core.yaml.YamlEntries;

/** Reads how answers are graded: by one of {@code choice}, {@code rule} and {@code judge}. */
record GradingEntries(YamlEntries top, Problems problems, Use use) {
    private static final List<String> WAYS = List.of("choice", "rule", "judge");
    private static final List<String> RULES = List.of("equals", "contains", "patterns");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}_-]{1,40}");

    /** Hears of each column that is named. */
    @FunctionalInterface
    interface Use {
        void of(YamlEntries at, String name, String column);
    }

    /** What stands for a grading that is wrong. */
    private static final Grading NONE = new Grading.KnownAnswer("", false);

    Grading read() {
        List<String> given = WAYS.stream().filter(top::has).toList();
        if (given.size() != 1) {
            problems.add(
                    given.isEmpty() ? 1 : top.line(given.getLast()),
                    "one of 'choice', 'rule' and 'judge' says how answers are graded; "
                            + (given.isEmpty() ? "none is here" : "here are " + String.join(" and ", given)));
            given.forEach(top::inner);
            top.has("labels");
            return NONE;
        }
        if (top.has("labels") && !given.getFirst().equals("judge")) {
            top.wrong("labels", "are those of a judge: a " + given.getFirst() + " brings its own");
        }
        YamlEntries said = top.inner(given.getFirst());
        Grading grading = switch (given.getFirst()) {
            case "choice" -> choice(said);
            case "rule" -> rule(said);
            default -> judge(said);
        };
        said.refuseOthers("part of a " + given.getFirst());
        return grading;
    }

    private Grading choice(YamlEntries said) {
        List<String> options = said.texts("options");
        if (options.isEmpty() && !said.has("options")) {
            said.wrong("options", "is missing: the columns of the options, or the one with a list of them");
        }
        if (options.size() > OptionReader.MOST) {
            said.wrong("options", "are at most " + OptionReader.MOST);
        }
        options.forEach(column -> use.of(said, "options", column));
        return new Grading.MultipleChoice(options, column(said, "answer"));
    }

    private String column(YamlEntries said, String name) {
        String column = DefinitionFile.needed(said, name);
        if (!column.isEmpty()) {
            use.of(said, name, column);
        }
        return column;
    }

    private Grading rule(YamlEntries said) {
        List<String> given = RULES.stream().filter(said::has).toList();
        if (given.size() != 1) {
            problems.add(top.line("rule"), "a rule is one of " + String.join(", ", RULES));
            given.forEach(name -> said.has(name));
            said.has("otherwise");
            return NONE;
        }
        return switch (given.getFirst()) {
            case "equals" -> new Grading.KnownAnswer(column(said, "equals"), false);
            case "contains" -> new Grading.KnownAnswer(column(said, "contains"), true);
            default -> patterns(said);
        };
    }

    private Grading patterns(YamlEntries said) {
        YamlEntries each = said.inner("patterns");
        SequencedMap<String, Pattern> patterns = new LinkedHashMap<>();
        for (String label : each.names()) {
            label(each, label);
            try {
                patterns.put(label, Pattern.compile(each.text(label, "")));
            } catch (PatternSyntaxException e) {
                each.wrong(label, "is no regular expression: " + e.getDescription());
            }
        }
        String otherwise = DefinitionFile.needed(said, "otherwise");
        if (!otherwise.isEmpty()) {
            label(said, otherwise);
        }
        if (patterns.containsKey(otherwise)) {
            said.wrong("otherwise", "is a label of its own, and '" + otherwise + "' has a pattern");
        }
        return new Grading.Patterns(patterns, otherwise);
    }

    private static void label(YamlEntries at, String label) {
        if (!LABEL.matcher(label).matches()) {
            at.wrong(label, "is no label: one is a word of letters, digits, _ and -");
        }
    }

    private Grading judge(YamlEntries said) {
        String prompt = DefinitionFile.needed(said, "prompt");
        boolean picture = said.flag("picture", true);
        List<String> shows = said.has("shows") ? said.texts("shows") : List.of(DefinitionFile.QUERY);
        shows.stream()
                .filter(column -> !column.equals(DefinitionFile.QUERY))
                .forEach(column -> use.of(said, "shows", column));
        if (shows.contains("response")) {
            said.wrong("shows", "need not say 'response': a judge is shown it always");
        }
        Optional<YamlEntries> labels = top.has("labels") ? Optional.of(top.inner("labels")) : Optional.empty();
        SequencedMap<String, String> meanings =
                labels.map(DefinitionFile::words).orElse(new LinkedHashMap<>());
        labels.ifPresent(at -> meanings.keySet().forEach(label -> label(at, label)));
        if (meanings.size() < 2) {
            problems.add(
                    top.has("labels") ? top.line("labels") : top.line("judge"),
                    "a judge gives one of two or more 'labels', each with what it means");
        }
        return new Grading.Judged(prompt, shows, picture, meanings);
    }
}
