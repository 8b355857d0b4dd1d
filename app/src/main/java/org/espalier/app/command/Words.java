package org.espalier.app.command;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.espalier.app.work.Rules;
import org.espalier.core.InputException;
import org.espalier.core.text.Nearest;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.tokenizer.BaseShape;

/** Reads words of a fixed list, and writes counts in words. */
final class Words {
    private Words() {}

    static Part part(String label) {
        List<String> known = Arrays.stream(Part.values()).map(Part::label).toList();
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown("part of the greenhouse", label, known));
    }

    static Rules rules(String label) {
        List<String> known = Arrays.stream(Rules.values()).map(Rules::label).toList();
        return Arrays.stream(Rules.values())
                .filter(rules -> rules.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown("verifier", label, known));
    }

    static BaseShape family(String modelType) {
        List<String> known = BaseShape.all().stream().map(BaseShape::modelType).toList();
        return BaseShape.all().stream()
                .filter(shape -> shape.modelType().equals(modelType))
                .findFirst()
                .orElseThrow(() -> unknown("family of base models", modelType, known));
    }

    /** As people read it: {@code 21 test, 129 train}. */
    static String counts(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    static InputException unknown(String what, String word, List<String> known) {
        return new InputException("there is no " + what + " '" + word + "': it is one of " + String.join(", ", known)
                + Nearest.suggestion(word, known));
    }
}
