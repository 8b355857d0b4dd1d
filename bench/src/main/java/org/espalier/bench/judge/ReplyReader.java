package org.espalier.bench.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.espalier.core.text.Braces;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Looks for the verdict in a judge's words. */
final class ReplyReader {
    private static final int MOST_OBJECTS = 200;

    private ReplyReader() {}

    static Reading read(String words, JudgeForm form, String mark) {
        String said = withoutThoughts(words);
        List<ObjectNode> objects = objects(said);
        List<ObjectNode> marked = objects.stream()
                .filter(object -> object.path(JudgeForm.MARK).asString("").equals(mark))
                .toList();
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

    /** What reasoning models say to themselves is not their verdict. */
    private static String withoutThoughts(String words) {
        int end = words.lastIndexOf("</think>");
        return end < 0 ? words : words.substring(end + "</think>".length());
    }

    private static String shortened(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }

    /** Every object that stands whole in a text, outermost ones only. */
    private static List<ObjectNode> objects(String text) {
        List<ObjectNode> found = new ArrayList<>();
        int tries = 0;
        for (int from = text.indexOf('{'); from >= 0 && tries < MOST_OBJECTS; tries++) {
            int end = Braces.end(text, from);
            int next = from + 1;
            if (end > 0) {
                try {
                    if (Json.parse(text.substring(from, end)) instanceof ObjectNode object) {
                        found.add(object);
                        next = end;
                    }
                } catch (JacksonException e) {
                    // Not JSON from here; what stands inside may be.
                    next = from + 1;
                }
            }
            from = text.indexOf('{', next);
        }
        return found;
    }
}
