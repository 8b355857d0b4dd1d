package org.espalier.bench.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A row of a file of questions.
 *
 * @param number from 0
 * @param values by column; a column without anything is left out
 */
public record ItemRow(long number, SequencedMap<String, ItemValue> values) {
    public ItemRow {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** What stands in a column. */
    public Optional<ItemValue> value(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** What stands in a column as text; empty where there is nothing. */
    public String words(String column) {
        return value(column).map(ItemValue::words).orElse("");
    }
}
