package org.espalier.bench.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.text.Braces;
import org.espalier.core.text.Braces.Placed;
import org.espalier.core.text.Thinking;
import tools.jackson.databind.node.ObjectNode;

/** Looks for the verdict in a judge's words. */
final class ReplyReader {
    private static final int MOST_OBJECTS = 200;

    private static final String THOUGHT = "</think>";

    private ReplyReader() {}

    static Reading read(String words, JudgeForm form, String mark) {
        return form.published().map(theirs -> asPublished(words, theirs)).orElseGet(() -> marked(words, form, mark));
    }

    /** What a server keeps apart of a reply, a published program does not see. */
    private static Reading asPublished(String words, PublishedForm form) {
        Thinking parted = Thinking.of(words);
        String said = parted.apart() ? parted.answer() : words;
        return form.reads()
                .apply(said)
                .<Reading>map(fields -> new Reading.Found(new FilledForm(fields)))
                .orElseGet(() -> new Reading.None(Mishap.NO_VERDICT, "it says: " + shortened(said)));
    }

    private static Reading marked(String words, JudgeForm form, String mark) {
        List<Placed> whole = Braces.objects(words, MOST_OBJECTS, MOST_OBJECTS).objects();
        int spoken = afterThoughts(words, whole);
        List<ObjectNode> objects = whole.stream()
                .filter(placed -> placed.from() >= spoken)
                .map(Placed::object)
                .toList();
        String said = words.substring(spoken);
        List<ObjectNode> marked =
                objects.stream().filter(object -> carries(object, mark)).toList();
        if (marked.isEmpty()) {
            String why = objects.isEmpty() ? "it says: " + shortened(said) : "no object of it carries the mark";
            return new Reading.None(Mishap.NO_VERDICT, why);
        }
        Map<String, ObjectNode> verdicts = new LinkedHashMap<>();
        Optional<String> fault = Optional.empty();
        for (ObjectNode object : marked) {
            Optional<String> wrong = form.fault(object);
            if (wrong.isEmpty()) {
                verdicts.putIfAbsent(form.verdict(object), object);
            }
            fault = fault.or(() -> wrong);
        }
        if (verdicts.isEmpty()) {
            return new Reading.None(Mishap.NO_VERDICT, fault.orElse(""));
        }
        if (verdicts.size() > 1) {
            return new Reading.None(Mishap.CONTRADICTION, "it gives " + verdicts.size() + " different verdicts");
        }
        FilledForm filled = new FilledForm(verdicts.values().iterator().next());
        return form.contradiction()
                .apply(filled)
                .<Reading>map(why -> new Reading.None(Mishap.CONTRADICTION, why))
                .orElse(new Reading.Found(filled));
    }

    /** Some judges copy more of the fence's line than its mark. */
    private static boolean carries(ObjectNode object, String mark) {
        return object.path(JudgeForm.MARK)
                .asString("")
                .strip()
                .replaceFirst("^<<<", "")
                .replaceFirst("^(?:data|end) ", "")
                .replaceFirst(">>>$", "")
                .equals(mark);
    }

    /** What reasoning models say to themselves is not their verdict; where an object quotes the mark, no thought ends. */
    private static int afterThoughts(String words, List<Placed> objects) {
        for (int end = words.lastIndexOf(THOUGHT); end >= 0; end = words.lastIndexOf(THOUGHT, end - 1)) {
            int at = end;
            if (objects.stream().noneMatch(placed -> placed.from() < at && at < placed.end())) {
                return end + THOUGHT.length();
            }
        }
        return 0;
    }

    private static String shortened(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
