package org.espalier.model.lora;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.model.decoder.Projection;

/**
 * Which linear modules of the language model get an adapter, in PEFT's words: the end of a module's name
 * ({@code q_proj}, {@code self_attn.q_proj}), {@code all-linear}, or a regular expression that matches a whole name, as
 * {@code .*layers\.[0-3]\..*(q|v)_proj}.
 */
public record Targets(List<String> words) {
    /** The seven linear kinds of a decoder layer. */
    public static final List<String> KINDS = Stream.of(Projection.values())
            .flatMap(which -> which.parts().stream())
            .map(part -> part.substring(part.indexOf('.') + 1))
            .toList();

    /** Every linear module. */
    public static final Targets ALL = new Targets(KINDS);

    private static final String ALL_LINEAR = "all-linear";

    /** What stands before {@code layers.N} in the names of one library version or another. */
    private static final List<String> BEFORE =
            List.of("model.language_model.", "model.", "language_model.model.", "language_model.", "");

    /** More layers than any model has: a word must mean some layer of it. */
    private static final int LAYERS = 512;

    /** @throws InputException if a word means no module of any model */
    public Targets {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new InputException("targets names nothing: an adapter needs " + offered() + ".");
        }
        words.forEach(word -> require(word, LAYERS, "names no linear module of a language model"));
    }

    /**
     * Modules of a model with so many layers, as {@code layers.0.self_attn.q_proj}.
     *
     * @throws InputException if a word means none of them
     */
    List<String> modules(int layers) {
        words.forEach(word -> require(word, layers, "names none of the " + layers + " layers of this model"));
        Predicate<String> any =
                words.stream().map(Targets::matcher).reduce(Predicate::or).orElseThrow();
        return all(layers).filter(any).toList();
    }

    private static void require(String word, int layers, String fault) {
        if (all(layers).noneMatch(matcher(word))) {
            throw new InputException("targets: '" + word + "' " + fault + "; it takes " + offered() + ".");
        }
    }

    private static String offered() {
        return String.join(", ", KINDS) + ", " + ALL_LINEAR
                + " or a regular expression for whole names such as model.language_model.layers.0.self_attn.q_proj";
    }

    private static Stream<String> all(int layers) {
        return IntStream.range(0, layers)
                .boxed()
                .flatMap(layer -> Stream.of(Projection.values())
                        .flatMap(which -> which.parts().stream())
                        .map(part -> "layers." + layer + "." + part));
    }

    private static Predicate<String> matcher(String word) {
        if (word.equals(ALL_LINEAR)) {
            return module -> true;
        }
        if (word.matches("[\\w.]+")) {
            return module -> ("." + module).endsWith("." + word);
        }
        return expression(word);
    }

    /**
     * Whether a regular expression, as PEFT takes it, means a module.
     *
     * @throws InputException if it is none
     */
    static Predicate<String> expression(String words) {
        try {
            Pattern pattern = Pattern.compile(words);
            return module -> BEFORE.stream().anyMatch(before -> BoundedText.matches(pattern, before + module));
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "targets: '" + words + "' is no regular expression (" + e.getDescription() + ").", e);
        } catch (StackOverflowError e) {
            throw BoundedText.refused(words, e);
        }
    }

    /**
     * One expression for what stands after {@code layers.}; layers that are alike stand together.
     *
     * @param modules as {@code layers.0.self_attn.q_proj}
     * @param layers of the model
     */
    static String expression(Collection<String> modules, int layers) {
        Map<Integer, String> kinds = modules.stream()
                .collect(Collectors.groupingBy(
                        Targets::layer,
                        TreeMap::new,
                        Collectors.mapping(
                                module -> module.substring(module.lastIndexOf('.') + 1), Collectors.joining("|"))));
        Map<String, List<String>> alike = kinds.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> entry.getKey().toString(), Collectors.toList())));
        List<String> parts = alike.entrySet().stream()
                .map(entry -> numbers(entry.getValue(), layers) + "\\.(self_attn|mlp)\\.(" + entry.getKey() + ")")
                .toList();
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join("|", parts) + ")";
    }

    private static String numbers(List<String> numbers, int layers) {
        return numbers.size() == layers ? "\\d+" : "(" + String.join("|", numbers) + ")";
    }

    private static int layer(String module) {
        return Integer.parseInt(module.split("\\.", -1)[1]);
    }
}
