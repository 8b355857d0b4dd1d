package org.espalier.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The paper's Table 1 recomputed; its own rounding is not consistent at a half, so cells hold to 0.01. */
class Table1Test {
    private static final TableRow OURS = new TableRow(
                    "mine_7B",
                    Table1.OURS,
                    Map.of(
                            Column.USB_ASR, 40.0,
                            Column.USB_ARR, 10.0,
                            Column.MLLMGUARD_PAR, 60.0,
                            Column.MLLMGUARD_ASD, 8.0,
                            Column.MSSBENCH, 70.0,
                            Column.SAFEBENCH_ASR, 6.0,
                            Column.SAFEBENCH_SRI, 90.0,
                            Column.VLSBENCH, 64.0),
                    Map.of())
            .averaged();

    private final Table1 table = Table1.published(List.of(OURS), List.of());

    private TableRow row(String model) {
        return table.published().stream()
                .filter(row -> row.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void holdsEighteenRowsOfElevenFigures() {
        assertThat(table.published())
                .hasSize(18)
                .allSatisfy(row -> assertThat(row.cells()).hasSize(11));
    }

    @Test
    void everyAverageFollowsFromItsRowExceptTheThreeThatAreMarkedAndALastDigit() {
        List<String> wrong = new ArrayList<>();
        for (TableRow row : table.published()) {
            check(wrong, row, Column.USB_AVERAGE, row.usbAverage().orElseThrow());
            check(wrong, row, Column.AVERAGE_UP, row.averageUp().orElseThrow());
            check(wrong, row, Column.AVERAGE_DOWN, row.averageDown().orElseThrow());
        }
        assertThat(wrong)
                .containsExactly(
                        "GLM-4v-9B AVERAGE_DOWN -3.3",
                        "LLaVA-NeXT-LLaMA3 AVERAGE_UP -2.5",
                        "LLaVA-NeXT-LLaMA3 + SRPO AVERAGE_DOWN -3.3");
        // The misprints are each ten too little in one addend, and each carries a note.
        assertThat(row("GLM-4v-9B").averageDown().orElseThrow()).isCloseTo(29.78 + 10.0 / 3, within(Table1.TOLERANCE));
        for (String said : wrong) {
            int space = said.indexOf(" AVERAGE");
            Column column = Column.valueOf(said.substring(space + 1).split(" ")[0]);
            assertThat(row(said.substring(0, space)).notes()).containsKey(column);
        }
        assertThat(row("Gemini-1.5-Pro").notes()).containsKey(Column.AVERAGE_DOWN);
    }

    private static void check(List<String> wrong, TableRow row, Column column, double computed) {
        double delta = row.cell(column).orElseThrow() - computed;
        if (Math.abs(delta) > Table1.TOLERANCE) {
            wrong.add(String.format(java.util.Locale.ROOT, "%s %s %.1f", row.model(), column, delta));
        }
    }

    @Test
    void theHeadlineClaimsAreDifferencesOfPrintedCells() {
        assertThat(gain("LLaVA-NeXT-LLaMA3", Column.AVERAGE_UP)).isCloseTo(24.87, within(0.005));
        assertThat(gain("Qwen2.5VL-7B", Column.AVERAGE_UP)).isCloseTo(28.60, within(0.005));
        assertThat(gain("LLaVA-NeXT-LLaMA3", Column.AVERAGE_DOWN)).isCloseTo(-23.92, within(0.005));
        assertThat(gain("Qwen2.5VL-7B", Column.AVERAGE_DOWN)).isCloseTo(-20.84, within(0.005));
        assertThat(gain("Qwen2.5VL-7B", Column.MSSBENCH)).isCloseTo(18.53, within(0.005));
        assertThat(gain("Qwen2.5VL-7B", Column.VLSBENCH)).isCloseTo(46.98, within(0.005));
        assertThat(gain("Qwen2.5VL-7B", Column.USB_AVERAGE)).isCloseTo(-17.39, within(0.005));
    }

    private double gain(String model, Column column) {
        return row(model + " + SRPO").cell(column).orElseThrow()
                - row(model).cell(column).orElseThrow();
    }

    @Test
    void aRowOfOursIsAveragedByTheSameFormulas() {
        assertThat(OURS.cell(Column.USB_AVERAGE)).hasValue(25);
        assertThat(OURS.cell(Column.AVERAGE_UP)).hasValue(71);
        assertThat(OURS.cell(Column.AVERAGE_DOWN)).hasValue(13);
        TableRow some = new TableRow("x", Table1.OURS, Map.of(Column.USB_ASR, 1.0), Map.of()).averaged();
        assertThat(some.cells()).hasSize(1);
    }

    @Test
    void theBestOfEachBlockIsItsOwn() {
        assertThat(table.best(Column.USB_ASR, false)).containsExactly("Claude3.5-Sonnet2");
        assertThat(table.best(Column.MLLMGUARD_ASD, false)).containsExactly("VILA-1.5-7B");
        assertThat(table.best(Column.AVERAGE_UP, false)).containsExactly("Qwen2.5VL-7B + SRPO");
        assertThat(table.best(Column.USB_ASR, true)).containsExactly("mine_7B");
    }

    @Test
    void nothingOfOursIsBestWhereItWasMeasuredInDifferentWays() {
        Table1 mixed = Table1.published(List.of(OURS), List.of("judge: one against another"));
        assertThat(mixed.best(Column.USB_ASR, true)).isEmpty();
        assertThat(mixed.best(Column.USB_ASR, false)).containsExactly("Claude3.5-Sonnet2");
        assertThat(TableText.markdown(mixed))
                .contains("| mine_7B | 40.00 |", "Measured differently: judge: one against another");
        assertThat(TableText.latex(mixed)).contains("% Measured differently: judge: one against another");
        assertThat(TableText.csv(mixed)).endsWith("13.00,Measured differently: judge: one against another\n");
    }

    @Test
    void cellsThatAgreeWithAnotherModelsPublishedValueAreMarked() {
        assertThat(row("InternVL2.5-8B").notes()).containsKeys(Column.SAFEBENCH_SRI, Column.MLLMGUARD_PAR);
        assertThat(row("MiniCPM-LLaMA3-V 2.5").notes()).containsKey(Column.SAFEBENCH_SRI);
        for (String model : List.of("Qwen2-VL-7B", "MiniCPM-V-2.6", "GLM-4v-9B", "Gemini-1.5-Pro")) {
            assertThat(row(model).notes()).as(model).containsKey(Column.VLSBENCH);
        }
    }

    @Test
    void isWrittenWithArrowsBoldAndNotes() {
        String markdown = TableText.markdown(table);
        assertThat(markdown)
                .contains("| USBBench ASR↓ |", "| MLLMGuard PAR↑ |")
                .contains("| Claude3.5-Sonnet2 | **32.80** |")
                .contains("| *Measured here* |")
                .contains("| mine_7B | **40.00** |")
                .contains("GLM-4v-9B, Average↓: the row gives 33.11; the printed value is 10/3 less");
        String latex = TableText.latex(table);
        assertThat(latex)
                .contains("USBBench ASR$\\downarrow$")
                .contains("\\textbf{32.80}", "mine\\_7B & \\textbf{40.00}", "\\bottomrule\n\\end{tabular}");
        String csv = TableText.csv(table);
        assertThat(csv.lines()).hasSize(20);
        assertThat(csv.lines().toList().getLast())
                .isEqualTo("Measured here,mine_7B,40.00,10.00,25.00,60.00,8.00,70.00,6.00,90.00,64.00,71.00,13.00,");
    }
}
