package org.espalier.bench.table;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A row of Table 1.
 *
 * @param group that the rows stand under
 * @param cells in percent; what was not measured is absent
 * @param notes what a reader must know of single cells, as their misprints
 */
public record TableRow(String model, String group, Map<Column, Double> cells, Map<Column, String> notes) {
    public TableRow {
        cells = Collections.unmodifiableMap(copy(cells));
        notes = Collections.unmodifiableMap(copy(notes));
    }

    private static <T> Map<Column, T> copy(Map<Column, T> of) {
        Map<Column, T> map = new EnumMap<>(Column.class);
        map.putAll(of);
        return map;
    }

    public OptionalDouble cell(Column column) {
        Double value = cells.get(column);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The mean of ASR and ARR of USB. */
    public OptionalDouble usbAverage() {
        return mean(List.of(Column.USB_ASR, Column.USB_ARR));
    }

    /** {@code (PAR + MSSBench + SRI + VLSBench) / 4}; empty unless all four are there. */
    public OptionalDouble averageUp() {
        return mean(List.of(Column.MLLMGUARD_PAR, Column.MSSBENCH, Column.SAFEBENCH_SRI, Column.VLSBENCH));
    }

    /** {@code (USB average + ASD + SafeBench ASR) / 3}, the USB average as it stands in the row if it does. */
    public OptionalDouble averageDown() {
        OptionalDouble usb = cell(Column.USB_AVERAGE).isPresent() ? cell(Column.USB_AVERAGE) : usbAverage();
        OptionalDouble others = mean(List.of(Column.MLLMGUARD_ASD, Column.SAFEBENCH_ASR));
        return usb.isEmpty() || others.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((usb.getAsDouble() + 2 * others.getAsDouble()) / 3);
    }

    private OptionalDouble mean(List<Column> columns) {
        return columns.stream().allMatch(cells::containsKey)
                ? columns.stream().mapToDouble(column -> cell(column).orElse(0)).average()
                : OptionalDouble.empty();
    }

    /** The same row with the averages that follow from it, where they do not stand in it. */
    TableRow averaged() {
        Map<Column, Double> all = copy(cells);
        usbAverage().ifPresent(value -> all.putIfAbsent(Column.USB_AVERAGE, value));
        averageUp().ifPresent(value -> all.putIfAbsent(Column.AVERAGE_UP, value));
        averageDown().ifPresent(value -> all.putIfAbsent(Column.AVERAGE_DOWN, value));
        return new TableRow(model, group, all, notes);
    }
}
