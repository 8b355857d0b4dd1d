package org.espalier.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.bench.run.ResultFigure;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.suite.Direction;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static String written(Html html) {
        StringBuilder out = new StringBuilder();
        html.write(out);
        return out.toString();
    }

    @Test
    void escapesTextAndAttributes() {
        assertThat(written(Html.element("i").attribute("title", "\"><script>").add("a<b & c")))
                .isEqualTo("<i title=\"&quot;&gt;&lt;script&gt;\">a&lt;b &amp; c</i>");
    }

    @Test
    void refusesAStyleSheetThatClosesItself() {
        assertThatThrownBy(() -> Html.style("</style><script>")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void axesHaveRoundTicksThatHoldTheValues() {
        Scale scale = Scale.around(-0.6, 4.9, 100, 0);
        assertThat(scale.ticks()).containsExactly(-2.0, 0.0, 2.0, 4.0, 6.0);
        assertThat(scale.at(-2)).isEqualTo(100);
        assertThat(scale.at(6)).isEqualTo(0);
        assertThat(scale.at(2)).isEqualTo(50);
    }

    @Test
    void anAxisOfOneValueHasRoomAroundIt() {
        Scale scale = Scale.around(3, 3, 0, 100);
        assertThat(scale.at(3)).isBetween(10.0, 90.0);
        assertThat(Scale.around(0, 0, 0, 100).at(0)).isCloseTo(50, within(1e-9));
    }

    @Test
    void saysNumbersAsShortAsTheyAre() {
        assertThat(List.of(Scale.said(-0.5), Scale.said(1200), Scale.said(0), Scale.said(2.50), Scale.said(0.0001)))
                .containsExactly("−0.5", "1200", "0", "2.5", "1.0e−04");
    }

    @Test
    void smoothsOverAWindowThatShrinksEvenlyAtTheEnds() {
        List<Curve.Point> points = java.util.stream.IntStream.range(0, 11)
                .mapToObj(i -> new Curve.Point(i, i == 5 ? 9 : 0))
                .toList();
        List<Curve.Point> smooth = Curve.smooth(points);
        assertThat(smooth.get(5).value()).isEqualTo(1);
        assertThat(smooth.get(2).value()).isZero();
        assertThat(smooth.get(3).value()).isEqualTo(9.0 / 7);
        assertThat(smooth.getFirst().value()).isZero();
    }

    @Test
    void drawsABarToItsRateAndAWhiskerAlongItsInterval() {
        String svg = written(RateBars.draw(
                "SER",
                List.of(
                        RateBars.Bar.of("<SFT>", false, Optional.of(rate(50, new Interval(25, 100)))),
                        RateBars.Bar.of("DPO", false, Optional.empty()))));
        // The axis runs from 116 (0 %) to 296 (100 %): 50 % is 90 long, 25 % is at 161.
        assertThat(svg)
                .contains("x=\"116\" y=\"13\" width=\"90\"")
                .contains("x1=\"161\"")
                .contains("x2=\"296\"");
        assertThat(svg).contains("&lt;SFT&gt;").contains("nothing judged");
    }

    @Test
    void aNameThatIsTooLongForALineHasTwo() {
        assertThat(RateBars.lines("SFT, then DPO on 300")).containsExactly("SFT", "then DPO on 300");
        assertThat(RateBars.lines("SFT, then SRPO on 300 explored anew"))
                .containsExactly("SFT, then SRPO on", "300 explored anew");
        assertThat(RateBars.lines("SRPO with the paper's λ")).containsExactly("SRPO with the", "paper's λ");
        assertThat(RateBars.lines("SRPO")).containsExactly("SRPO");
        assertThat(RateBars.lines("a-name-that-has-no-space")).containsExactly("a-name-that-has-no-space");
    }

    @Test
    void aLongNameLosesTheMiddleOfItsLongestPart() {
        assertThat(RateBars.fit("qwen2.5-vl-7b-instruct, λ 0.1, seed 1", 23)).isEqualTo("qwen…uct, λ 0.1, seed 1");
        assertThat(RateBars.fit("llama-3-instruct, seed 1", 23)).isEqualTo("llama-3…nstruct, seed 1");
        assertThat(RateBars.fit("qwen, λ 0.1, seed 1", 23)).isEqualTo("qwen, λ 0.1, seed 1");
    }

    private static ResultFigure rate(double percent, Interval interval) {
        return new ResultFigure(
                "sr",
                "SR",
                "safe",
                Direction.HIGHER,
                true,
                OptionalDouble.of(percent),
                Optional.of(interval),
                Optional.empty(),
                Optional.empty());
    }
}
