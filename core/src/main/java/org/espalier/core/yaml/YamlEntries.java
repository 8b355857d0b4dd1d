package org.espalier.core.yaml;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.file.Problems;
import org.espalier.core.text.Nearest;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The {@code name: value} lines below one name of a YAML file. What was never asked for can be refused at the end. */
public final class YamlEntries {
    /** Names of secrets, in small letters and without marks between words. */
    private static final Set<String> KEYS = Set.of(
            "key",
            "token",
            "accesstoken",
            "apitoken",
            "authtoken",
            "bearertoken",
            "hftoken",
            "idtoken",
            "refreshtoken",
            "sessiontoken");
    /** Ends of such names. */
    private static final List<String> KEY_ENDINGS = List.of(
            "apikey",
            "accesskey",
            "secret",
            "secretkey",
            "password",
            "passwd",
            "authorization",
            "credential",
            "credentials");

    /** What stands for a secret under any name. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(bearer|basic)\\s+\\S{8,}.*|(sk-|xai-|gsk_|hf_)\\S{16,}|AIza\\S{20,}");

    private static final int SHORTEST_SECRET = "basic ".length() + 8;

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern JSON_WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern JSON_NUMBER = Pattern.compile("-?[0-9]+\\.[0-9]+");

    private static final String ONE_OR_MORE = "takes a value or a list of values";

    private final Complaints problems;
    private final long line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Long> lines = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /** Hears what is wrong, and in which line. */
    @FunctionalInterface
    public interface Complaints {
        void add(long line, String what);
    }

    private YamlEntries(Node node, long line, Complaints problems) {
        this.problems = problems;
        this.line = line;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                long at = line(entry.getKeyNode());
                if (values.putIfAbsent(name, entry.getValueNode()) != null) {
                    problems.add(at, "'" + name + "' stands here a second time");
                }
                lines.putIfAbsent(name, at);
            });
        } else {
            problems.add(line, "a list of 'name: value' is needed here");
        }
    }

    /**
     * What a file holds.
     *
     * @param what should stand there, for the complaint about an empty file
     */
    public static YamlEntries of(String yaml, Path file, String what, Problems problems) {
        return ifAny(yaml, file.toString(), problems::add)
                .orElseThrow(() -> new InputException(file + " is empty where " + what));
    }

    /** The same of a file that may be empty. */
    public static Optional<YamlEntries> ifAny(String yaml, String file, Complaints problems) {
        return YamlText.nodes(yaml, file).map(root -> new YamlEntries(root, 1, problems));
    }

    private static long line(Node node) {
        return node.getStartMark().map(Mark::getLine).map(at -> at + 1L).orElse(1L);
    }

    /** Every name, in order. */
    public List<String> names() {
        known.addAll(values.keySet());
        return List.copyOf(values.keySet());
    }

    /** Whether a name stands here. */
    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** Whether further {@code name: value} lines stand below a name. */
    public boolean isGroup(String name) {
        return values.get(name) instanceof MappingNode;
    }

    /** The line of a name, or where these entries begin if it does not stand here. */
    public long line(String name) {
        return Optional.ofNullable(lines.get(name)).orElse(line);
    }

    /** Notes a problem of one name. */
    public void wrong(String name, String what) {
        problems.add(line(name), "'" + name + "' " + what);
    }

    /** What stands below a name; nothing if there is nothing. */
    public YamlEntries inner(String name) {
        known.add(name);
        Node node = values.get(name);
        if (node == null) {
            wrong(name, "is missing");
            return new YamlEntries(empty(), line, problems);
        }
        return new YamlEntries(node, lines.getOrDefault(name, line), problems);
    }

    private static Node empty() {
        return new MappingNode(
                org.snakeyaml.engine.v2.nodes.Tag.MAP,
                new ArrayList<>(),
                org.snakeyaml.engine.v2.common.FlowStyle.BLOCK);
    }

    /** What stands in each place of a list below a name; none where the name does not stand here. */
    public List<YamlEntries> list(String name) {
        known.add(name);
        Node node = values.get(name);
        if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .map(one -> new YamlEntries(one, line(one), problems))
                    .toList();
        }
        if (node != null) {
            wrong(name, "is a list, each of its places with 'name: value' lines");
        }
        return List.of();
    }

    /** One value, stripped. */
    public String text(String name, String fallback) {
        known.add(name);
        Node node = values.get(name);
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        if (node != null) {
            wrong(name, "takes one value");
        }
        return fallback;
    }

    /** One of several words; empty if none of them stands there. */
    public Optional<String> choice(String name, List<String> words, String fallback) {
        String word = text(name, fallback);
        if (words.contains(word)) {
            return Optional.of(word);
        }
        if (values.containsKey(name)) {
            wrong(name, "is one of " + String.join(", ", words) + ", not '" + word + "'");
        }
        return Optional.empty();
    }

    /** One of a kind's constants, by its label. */
    public <E extends Enum<E> & Labelled> E choice(String name, E fallback) {
        Class<E> kind = fallback.getDeclaringClass();
        return choice(name, Labelled.labels(kind), fallback.label())
                .flatMap(word -> Labelled.find(kind, word))
                .orElse(fallback);
    }

    /** Some of several words. */
    public List<String> choices(String name, List<String> words) {
        known.add(name);
        Node node = values.get(name);
        if (node == null) {
            return List.of();
        }
        List<String> given = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> given.add(one instanceof ScalarNode scalar ? scalar.getValue() : "?"));
        }
        if (given.isEmpty() || !words.containsAll(given)) {
            wrong(name, "is a list of some of " + String.join(", ", words));
        }
        return given;
    }

    /** One value or a list of them. */
    public List<String> texts(String name) {
        List<String> words = words(name);
        if (values.get(name) instanceof SequenceNode list && list.getValue().isEmpty()) {
            wrong(name, ONE_OR_MORE);
        }
        return words;
    }

    /** One value or a list of them, which may be empty. */
    public List<String> words(String name) {
        known.add(name);
        Node node = values.get(name);
        if (node instanceof SequenceNode list && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return list.getValue().stream()
                    .map(one -> ((ScalarNode) one).getValue().strip())
                    .toList();
        }
        if (node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue().strip());
        }
        if (node != null) {
            wrong(name, ONE_OR_MORE);
        }
        return List.of();
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
        return choice(name, List.of("true", "false"), "")
                .map(Boolean::parseBoolean)
                .orElse(fallback);
    }

    /** A whole number of a range. */
    public long whole(String name, long least, long most, long fallback) {
        String word = text(name, "");
        if (!values.containsKey(name)) {
            return fallback;
        }
        if (WHOLE.matcher(word).matches()) {
            long number = Long.parseLong(word);
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong(name, "is a whole number from " + least + " to " + most + ", not '" + word + "'");
        return fallback;
    }

    /** A number of a range, which must be there. */
    public double number(String name, double least, double most) {
        String word = text(name, "");
        if (NUMBER.matcher(word).matches()) {
            double number = Double.parseDouble(word);
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong(name, "is a number from " + least + " to " + most + ", not '" + word + "'");
        return least;
    }

    /** An amount of money, which must be there. */
    public BigDecimal money(String name) {
        String word = text(name, "");
        if (NUMBER.matcher(word).matches()) {
            return new BigDecimal(word);
        }
        wrong(name, values.containsKey(name) ? "is an amount of money such as 0.15, not '" + word + "'" : "is missing");
        return BigDecimal.ZERO;
    }

    /** Everything below, as JSON would have it. */
    public Map<String, Object> values() {
        Map<String, Object> all = new LinkedHashMap<>();
        names().forEach(name -> {
            Node node = values.get(name);
            if (node != null) {
                all.put(name, value(node));
            }
        });
        return all;
    }

    private Object value(Node node) {
        return switch (node) {
            case MappingNode _ -> new YamlEntries(node, line(node), problems).values();
            case SequenceNode list -> list.getValue().stream().map(this::value).toList();
            case ScalarNode scalar -> scalar(scalar.getValue());
            default -> "";
        };
    }

    private static Object scalar(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        if (JSON_WHOLE.matcher(word).matches()) {
            return Long.valueOf(word);
        }
        return JSON_NUMBER.matcher(word).matches() ? (Object) Double.valueOf(word) : word;
    }

    /**
     * A key written into the file would be read by everybody who sees it, and be kept with every question that is sent;
     * refused at any depth.
     */
    public void refuseKey() {
        values.forEach((name, node) -> refuseKey(name, node, lines.getOrDefault(name, line)));
    }

    private void refuseKey(String name, Node node, long at) {
        if (isKey(name) || (node instanceof ScalarNode scalar && isSecret(scalar))) {
            problems.add(
                    at,
                    "'" + name + "' may not stand in this file: name the environment variable that holds the key with"
                            + " 'key-env', or a file with 'key-file'");
            return;
        }
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue()
                        .forEach(entry -> refuseKey(
                                entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?",
                                entry.getValueNode(),
                                line(entry.getKeyNode())));
            case SequenceNode list -> list.getValue().forEach(one -> refuseKey(name, one, line(one)));
            default -> {}
        }
    }

    private static boolean isKey(String name) {
        String letters = letters(name);
        for (String ending : KEY_ENDINGS) {
            if (letters.endsWith(ending)) {
                return true;
            }
        }
        return KEYS.contains(letters);
    }

    /** Small, and digits; of what stands between them nothing. */
    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        String small = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private static boolean isSecret(ScalarNode scalar) {
        String word = scalar.getValue().strip();
        return word.length() >= SHORTEST_SECRET && SECRET.matcher(word).matches();
    }

    /**
     * Refuses every name that nobody has asked for.
     *
     * @param what the names that are known are
     */
    public void refuseOthers(String what) {
        values.keySet().stream()
                .filter(name -> !known.contains(name) && !isKey(name))
                .forEach(name -> wrong(
                        name,
                        "is no " + what + ": it is one of " + String.join(", ", new TreeSet<>(known))
                                + Nearest.suggestion(name, new TreeSet<>(known))));
    }
}
