package org.espalier.workflow.share;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.TextFile;

/**
 * What stands at the head of a card, in YAML, for the hub's search and pages.
 *
 * @param base the model that this one was made from, as {@code OWNER/NAME}; empty where it has no such name
 * @param licence as the hub has it, such as {@code apache-2.0}; empty where none is known
 * @param datasets as {@code OWNER/NAME}
 */
record CardHead(
        Optional<String> base,
        String relation,
        String library,
        Optional<String> licence,
        List<String> tags,
        List<String> datasets) {
    static final String CARD = "README.md";

    private static final Pattern LICENCE = Pattern.compile("(?m)^license:\\s*[\"']?([A-Za-z0-9.+-]{1,80})[\"']?\\s*$");

    CardHead {
        // What a record from elsewhere says may be anything; a tag is a word.
        tags = tags.stream().filter(tag -> tag.matches("[a-z0-9-]{1,60}")).toList();
        datasets = List.copyOf(datasets);
        licence.filter(name -> !name.matches("[a-z0-9.+-]{1,80}")).ifPresent(name -> {
            throw new InputException(
                    "'" + name + "' is no licence as a hub has it: write it as apache-2.0, llama3 or other");
        });
    }

    /** The licence that the card in a folder names; empty where there is none. */
    static Optional<String> licenceOf(Path folder) {
        Path card = folder.resolve(CARD);
        if (!Files.isRegularFile(card)) {
            return Optional.empty();
        }
        try {
            String text = TextFile.read(card).replace("\r\n", "\n");
            int end = text.startsWith("---\n") ? text.indexOf("\n---", 3) : -1;
            Matcher found = LICENCE.matcher(end < 0 ? "" : text.substring(0, end));
            return found.find() ? Optional.of(found.group(1).toLowerCase(java.util.Locale.ROOT)) : Optional.empty();
        } catch (InputException e) {
            // A card that cannot be read says nothing.
            return Optional.empty();
        }
    }

    /** The head, with its rulers. Each word was checked before, so that none needs quoting. */
    String text() {
        StringBuilder head = new StringBuilder("---\n");
        base.ifPresent(name -> head.append("base_model: " + name + "\nbase_model_relation: " + relation + "\n"));
        head.append("library_name: ").append(library).append("\npipeline_tag: image-text-to-text\n");
        licence.ifPresent(name -> head.append("license: ").append(name).append('\n'));
        list(head, "tags", tags);
        list(head, "datasets", datasets);
        return head.append("---\n\n").toString();
    }

    private static void list(StringBuilder head, String name, List<String> words) {
        if (!words.isEmpty()) {
            head.append(name).append(":\n");
            words.forEach(word -> head.append("- ").append(word).append('\n'));
        }
    }
}
