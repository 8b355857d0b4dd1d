package org.espalier.core.yaml;

import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML that a person wrote, as nodes that know their lines. */
public final class YamlText {
    /** A collection may be named again so often; a few lines of names of names would unfold to gigabytes. */
    private static final int MOST_ALIASES = 10;

    /** Characters; the parser's time grows with the square of a value's length. */
    private static final int LONGEST = 1 << 20;

    /** Lists and tables in one another: whoever goes through them needs a frame of the stack for each. */
    private static final int DEEPEST = 100;

    /** What the parser says begins so, and what it means. */
    private static final Map<String, String> MEANINGS = Map.of(
            "Number of aliases",
                    "it names the same lists or tables again (with *) more than " + MOST_ALIASES + " times",
            "but found another document", "a second document begins here, where the file holds one",
            "Non scalar key", "a list or a table stands where a name is needed",
            "expected <block end>", "this line is not indented like those it belongs to",
            "expected ',' or ']'", "a list that begins with [ is not closed with ]",
            "expected ',' or '}'", "a table that begins with { is not closed with }",
            "expected the node content",
                    "a value is missing, or begins with a sign that means something in YAML: quote it",
            "mapping values are not allowed here",
                    "a name cannot stand here: mind the indentation, and quote a value with a colon in it");

    private YamlText() {}

    /**
     * The content of a file; empty where there is none.
     *
     * @param name of the file, for messages
     * @throws InputException with the line, if it is not YAML; if it is longer or deeper than anything that is meant
     */
    public static Optional<Node> nodes(String yaml, String name) {
        if (yaml.length() > LONGEST) {
            throw new InputException(
                    name + " is longer than " + LONGEST + " characters: it is no file that a person wrote");
        }
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(name)
                            .setMaxAliasesForCollections(MOST_ALIASES)
                            .build())
                    .composeString(yaml);
            root.ifPresent(node -> refuseLoops(node, name, 0));
            return root;
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InputException(name + line + " is not YAML: " + meaning(e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw new InputException(name + " is not YAML: " + meaning(String.valueOf(e.getMessage())), e);
        } catch (StackOverflowError e) {
            throw tooDeep(name);
        }
    }

    private static InputException tooDeep(String name) {
        return new InputException(
                name + " is not read: its lists and tables stand too deep in one another (more than " + DEEPEST + ")");
    }

    private static void refuseLoops(Node node, String name, int depth) {
        if (depth > DEEPEST) {
            throw tooDeep(name);
        }
        if (node.isRecursive()) {
            String line =
                    node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InputException(
                    name + line + " holds itself: a name that begins with * stands inside what it names");
        }
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue().forEach(entry -> {
                    refuseLoops(entry.getKeyNode(), name, depth + 1);
                    refuseLoops(entry.getValueNode(), name, depth + 1);
                });
            case SequenceNode list -> list.getValue().forEach(one -> refuseLoops(one, name, depth + 1));
            default -> {}
        }
    }

    private static String meaning(String said) {
        return MEANINGS.entrySet().stream()
                .filter(known -> said.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(said);
    }
}
