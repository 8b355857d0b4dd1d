package org.espalier.model.lora;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.espalier.core.InputException;
import org.espalier.core.text.BoundedText;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;

/**
 * Which linear modules of a model get an adapter, in PEFT's words: the end of a module's name ({@code q_proj},
 * {@code self_attn.q_proj}), {@code all-linear}, or a regular expression that matches a whole name, as
 * {@code .*layers\.[0-3]\..*(q|v)_proj}. As there, all of these also mean modules of the vision side that are called so;
 * {@code language-model}, which PEFT has not, means every linear module of the language model alone.
 */
public record Targets(List<String> words) {
    private static final String ALL_LINEAR = "all-linear";

    /** How the names of linear modules end in the families that are known, and the words for many. */
    private static final Set<String> KINDS = Set.of(
            "q_proj",
            "k_proj",
            "v_proj",
            "o_proj",
            "gate_proj",
            "up_proj",
            "down_proj",
            "qkv",
            "proj",
            "out_proj",
            "fc1",
            "fc2",
            "linear_1",
            "linear_2",
            "0",
            "2",
            ALL_LINEAR,
            "language-model");

    /** At characters of a name; a hundred times what an expression for names of modules needs. */
    private static final long LOOKS = 100_000;

    private static final String SOME_MODULE = "model.language_model.layers.0.self_attn.q_proj";

    /** Every linear module of the language model. */
    public static final Targets LANGUAGE_MODEL = new Targets(List.of("language-model"));

    /** @throws InputException if there is none, one is no regular expression, or the end of no module's name */
    public Targets {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new InputException("targets names nothing: an adapter needs " + offered() + ".");
        }
        for (String word : words) {
            if (word.isBlank()) {
                throw new InputException("targets holds an empty word: it takes " + offered() + ".");
            }
            if (!isName(word)) {
                Predicate<String> _ = expression(word, word);
            } else if (!KINDS.contains(word.substring(word.lastIndexOf('.') + 1))) {
                throw new InputException(
                        "targets: '" + word + "' names no linear module of any model; it takes " + offered() + ".");
            }
        }
    }

    /**
     * Those of a model, in its order; of the modules that nobody looks at, none.
     *
     * @throws InputException if a word means none of them
     */
    public List<LinearModule> modules(ModelConfig model) {
        List<LinearModule> all =
                model.linearModules().stream().filter(LinearModule::used).toList();
        for (String word : words) {
            if (all.stream().noneMatch(module -> means(word, module, model))) {
                throw new InputException("targets: '" + word + "' names no linear module of this model of "
                        + model.text().layers() + " layers; it takes " + offered() + ".");
            }
        }
        return all.stream()
                .filter(module -> words.stream().anyMatch(word -> means(word, module, model)))
                .toList();
    }

    private static String offered() {
        return "q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj or another end of a name, language-model, "
                + ALL_LINEAR + " or a regular expression for whole names such as " + SOME_MODULE;
    }

    private static boolean isName(String word) {
        return word.matches("[\\w.-]+");
    }

    private static boolean means(String word, LinearModule module, ModelConfig model) {
        if (word.equals(ALL_LINEAR)) {
            return true;
        }
        if (LANGUAGE_MODEL.words().contains(word)) {
            return module.name().startsWith("layers.");
        }
        Predicate<String> matcher = isName(word) ? end(word) : expression(word, word);
        return model.names().theirs(module.name()).stream().anyMatch(matcher);
    }

    /** Whether a name ends with a word, behind a dot or from its beginning. */
    static Predicate<String> end(String word) {
        return name -> ("." + name).endsWith("." + word);
    }

    /**
     * Whether a regular expression matches the whole of a name.
     *
     * @param given what a person wrote, for the message
     * @throws InputException if it is none
     */
    static Predicate<String> expression(String words, String given) {
        try {
            Pattern pattern = Pattern.compile(words);
            return name -> matches(pattern, name);
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "targets: '" + given + "' is no regular expression (" + e.getDescription() + ").", e);
        }
    }

    /** @throws InputException if it cannot be told in reasonable time */
    private static boolean matches(Pattern pattern, String name) {
        try {
            return pattern.matcher(new BoundedText(name, LOOKS)).matches();
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            throw refused(pattern.pattern(), e);
        }
    }

    private static InputException refused(String expression, Throwable cause) {
        String shown = expression.length() > 60 ? expression.substring(0, 60) + "…" : expression;
        return new InputException(
                "targets: the regular expression '" + shown + "' takes too long: write one without repetitions inside"
                        + " repetitions.",
                cause);
    }
}
