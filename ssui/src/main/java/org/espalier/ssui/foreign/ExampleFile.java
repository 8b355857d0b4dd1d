package org.espalier.ssui.foreign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.Problems;

/**
 * Supervised and preference data in the forms of TRL, LLaMA-Factory and ms-swift: lines of JSON, a JSON array, or Parquet, as
 * {@code docs/data.md} lists them.
 *
 * @param examples in the order of the file, at least one
 * @param moved examples with a picture behind words, before which it is shown here
 * @param forbidden examples whose own terms forbid training
 */
public record ExampleFile(List<ForeignExample> examples, int moved, int forbidden) {
    public ExampleFile {
        examples = List.copyOf(examples);
    }

    /**
     * Reads a whole file.
     *
     * @throws InputException naming every row that is wrong (the first twenty)
     */
    public static ExampleFile read(Path file) {
        ForeignRows rows = ForeignRows.of(file);
        Problems problems = new Problems(file);
        ExampleReader reader = new ExampleReader(rows.pictures());
        List<ForeignExample> examples = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        rows.each(problems, row -> reader.read(row).ifPresent(example -> examples.add(named(example, times))));
        problems.throwIfAny();
        if (examples.isEmpty()) {
            throw new InputException(file + " holds no example");
        }
        return new ExampleFile(examples, reader.moved(), reader.forbidden());
    }

    /** Rows may share an id, as the pairs of one question do. */
    private static ForeignExample named(ForeignExample example, Map<String, Integer> times) {
        int before = times.merge(example.id(), 1, Integer::sum) - 1;
        return before == 0
                ? example
                : new ForeignExample(
                        example.id() + " #" + (before + 1), example.prompt(), example.answer(), example.rejected());
    }
}
