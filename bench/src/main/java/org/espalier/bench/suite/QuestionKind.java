package org.espalier.bench.suite;

import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.core.file.Fields;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a benchmark tells its questions apart by.
 *
 * @param split of the data, where they have any
 * @param category levels parted by {@code /}
 */
public record QuestionKind(Optional<Risk> risk, Optional<String> split, String category) {
    public static QuestionKind of(String category) {
        return new QuestionKind(Optional.empty(), Optional.empty(), category);
    }

    /** The cell that outcomes of such questions are counted in. */
    public String cell() {
        return risk.isEmpty() && split.isEmpty()
                ? category
                : risk.map(Risk::label).orElse("") + "/" + split.orElse("") + "/" + category;
    }

    /** Writes it into the line of a file. */
    public void into(ObjectNode line) {
        risk.ifPresent(it -> line.put("risk", it.label()));
        line.put("category", category);
        split.ifPresent(it -> line.put("split", it));
    }

    /** What {@link #into} wrote; what is wrong is noted in the line. */
    public static QuestionKind read(Fields line) {
        return new QuestionKind(
                line.has("risk") ? line.choice("risk", Risk.class) : Optional.empty(),
                line.has("split") ? Optional.of(line.words("split")) : Optional.empty(),
                line.text("category"));
    }
}
