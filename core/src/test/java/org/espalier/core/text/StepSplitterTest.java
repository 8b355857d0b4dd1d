package org.espalier.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.text.StepSplitter.Place;
import org.espalier.core.text.StepSplitter.Split;
import org.espalier.core.text.StepSplitter.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepSplitterTest {
    private static Arguments is(String text, Style style, String... steps) {
        return Arguments.of(text, style, List.of(steps));
    }

    static Stream<Arguments> numbered() {
        Style n = Style.NUMBERED;
        return Stream.of(
                is("1. A knife.\n2. A child.\n3. So no.", n, "1. A knife.", "2. A child.", "3. So no."),
                is("1) A\n2) B", n, "1) A", "2) B"),
                is("(1) A\n(2) B", n, "(1) A", "(2) B"),
                is("1.A\n2.B", n, "1.A", "2.B"),
                is("Step 1: A\r\nStep 2: B\r\n", n, "Step 1: A", "Step 2: B"),
                is("**Step 1** A\n\n**Step 2:** B", n, "**Step 1** A", "**Step 2:** B"),
                is(
                        "### Step 1 - Look\nA knife.\n### Step 2 - Judge\nNo.",
                        n,
                        "### Step 1 - Look\nA knife.",
                        "### Step 2 - Judge\nNo."),
                is(
                        "1. **Look**: x\n   - a point\n   - another\n2. **Judge**: y",
                        n,
                        "1. **Look**: x\n   - a point\n   - another",
                        "2. **Judge**: y"),
                is("1. A\n   1. inner\n   2. inner\n2. B", n, "1. A\n   1. inner\n   2. inner", "2. B"),
                is("Let's think step by step.\n1. A\n2. B", n, "Let's think step by step.\n1. A", "2. B"),
                is("1. A\n2. B\n\nAnswer: no", n, "1. A", "2. B", "Answer: no"),
                is("1. A\n2. B\n**Final answer:** no", n, "1. A", "2. B", "**Final answer:** no"),
                is("1. A\n2. B\n\nYou had better not.", n, "1. A", "2. B", "You had better not."),
                is("1. A\n\nmore of A\n\n2. B\n\nmore of B", n, "1. A\n\nmore of A", "2. B\n\nmore of B"),
                is(
                        "1. A\n\nmore of A\n\n2. B\n\nmore of B\n\nTherefore, no.",
                        n,
                        "1. A\n\nmore of A",
                        "2. B\n\nmore of B",
                        "Therefore, no."),
                is("1. A\n2. B\n1. C\n2. D", n, "1. A", "2. B", "1. C", "2. D"),
                is(
                        "1. Run:\n```\n1. not a step\n2. not a step\n```\n2. B",
                        n,
                        "1. Run:\n```\n1. not a step\n2. not a step\n```",
                        "2. B"),
                is("Step 1: A. Step 2: B. Step 3: C.", n, "Step 1: A.", "Step 2: B.", "Step 3: C."),
                is("1. A knife. 2. A child of 3. 3. No.", n, "1. A knife.", "2. A child of", "3. 3. No."),
                is("第一步：看图。\n第二步：不行。", n, "第一步：看图。", "第二步：不行。"),
                is("① 看图\n② 不行", n, "① 看图", "② 不行"),
                is("1、看图\n2、不行", n, "1、看图", "2、不行"));
    }

    static Stream<Arguments> lines() {
        Style n = Style.NEWLINE;
        return Stream.of(
                is("A knife.\nA child.\nSo no.\n", n, "A knife.", "A child.", "So no."),
                is("A knife.\r\n\r\nSo no.", n, "A knife.", "So no."),
                is("\n\n  A knife. \n \t \n  So no.\n\n", n, "A knife.", "So no."),
                is("- A knife\n- A child\n* So no", n, "- A knife", "- A child", "* So no"),
                is("## Look\nA knife.\n## Judge\nSo no.", n, "## Look\nA knife.", "## Judge\nSo no."),
                is("**Look:**\nA knife.\n\n**Judge**\n\nSo no.", n, "**Look:**\nA knife.", "**Judge**\n\nSo no."),
                is("A knife.\n---\nSo no.", n, "A knife.\n---", "So no."),
                is("Run:\n```\nrm a\n\nrm b\n```\nSo no.", n, "Run:\n```\nrm a\n\nrm b\n```", "So no."),
                is("Run:\n```\nrm a", n, "Run:\n```", "rm a"),
                is("It is 2.5 m.\n2.5 m is too high.", n, "It is 2.5 m.", "2.5 m is too high."),
                is("2024 was hot.\n2025 is hotter.", n, "2024 was hot.", "2025 is hotter."),
                is("Hot 🔥\n🙅", n, "Hot 🔥", "🙅"),
                is("Only:\n1. one item", n, "Only:", "1. one item"));
    }

    static Stream<Arguments> sentences() {
        Style s = Style.SENTENCE;
        return Stream.of(
                is("A knife. A child! Is it safe? No.", s, "A knife.", "A child!", "Is it safe?", "No."),
                is(
                        "It is 3.5 m, e.g. a ladder. Dr. Who says no. See Fig. 3.",
                        s,
                        "It is 3.5 m, e.g. a ladder.",
                        "Dr. Who says no.",
                        "See Fig. 3."),
                is(
                        "The sign says \"Danger!\" in red. \"Keep out.\" So no.",
                        s,
                        "The sign says \"Danger!\" in red.",
                        "\"Keep out.\"",
                        "So no."),
                is(
                        "J. Smith of the U.S. Army... was there. Then no.",
                        s,
                        "J. Smith of the U.S. Army... was there.",
                        "Then no."),
                is("Is it item No. 5? So no. Do not.", s, "Is it item No. 5?", "So no.", "Do not."),
                is("图中有一把刀。孩子很小！不应该。", s, "图中有一把刀。", "孩子很小！", "不应该。"),
                is("他说“不行。”然后离开。", s, "他说“不行。”", "然后离开。"),
                is("a knife lies there. a child comes. so no.", s, "a knife lies there.", "a child comes.", "so no."),
                is("Hot!🔥 Do not touch. 🙅 Really.", s, "Hot!🔥", "Do not touch.", "🙅 Really."),
                is("**It is hot.** Do not.", s, "**It is hot.**", "Do not."),
                is("He went (slowly). She did not.", s, "He went (slowly).", "She did not."));
    }

    static Stream<Arguments> wholes() {
        return Stream.of(
                is(
                        "a single long sentence, with many parts; but no end",
                        Style.NONE,
                        "a single long sentence, with many parts; but no end"),
                is("No.", Style.NONE, "No."),
                is("1. Only one item.", Style.NONE, "1. Only one item."),
                is("", Style.NONE),
                is(" \r\n\t\u00A0\u200B", Style.NONE),
                is("🙂", Style.NONE, "🙂"));
    }

    @ParameterizedTest
    @MethodSource({"numbered", "lines", "sentences", "wholes"})
    void findsTheSteps(String text, Style style, List<String> steps) {
        Split split = new StepSplitter(Style.AUTO).split(text);
        assertThat(split.steps()).isEqualTo(steps);
        assertThat(split.style()).isEqualTo(style);
    }

    @ParameterizedTest
    @MethodSource({"numbered", "lines", "sentences", "wholes"})
    void losesNoWordWhateverTheStyle(String text, Style ignored, List<String> alsoIgnored) {
        for (Style style : Style.values()) {
            Split split = new StepSplitter(style).split(text);
            assertThat(String.join("", split.steps()).replaceAll("[\\s\u00A0\u200B]", ""))
                    .as("%s", style)
                    .isEqualTo(text.replaceAll("[\\s\u00A0\u200B]", ""));
            int end = 0;
            for (Place place : split.places()) {
                assertThat(place.start()).isGreaterThanOrEqualTo(end);
                assertThat(place.end()).isGreaterThan(place.start());
                end = place.end();
            }
        }
    }

    @Test
    void saysWhereAStepStands() {
        Split split = new StepSplitter(Style.AUTO).split(" 1. Ä\r\n\r\n 2. 🔥 ");
        assertThat(split.places()).containsExactly(new Place(1, 5), new Place(10, 15));
    }

    @Test
    void doesAsItIsTold() {
        String text = "1. A knife. A child.\n2. So no.";
        assertThat(new StepSplitter(Style.NONE).split(text).steps()).containsExactly(text);
        assertThat(new StepSplitter(Style.NEWLINE).split(text).steps())
                .containsExactly("1. A knife. A child.", "2. So no.");
        assertThat(new StepSplitter(Style.SENTENCE).split(text).steps())
                .containsExactly("1. A knife.", "A child.", "2. So no.");
        assertThat(new StepSplitter(Style.NUMBERED).split("2. So\nAnswer: no").steps())
                .containsExactly("2. So", "Answer: no");
        assertThat(new StepSplitter(Style.NUMBERED).split("A\nB").steps()).containsExactly("A\nB");
    }

    @Test
    void splitsALongTextInReasonableSteps() {
        String text = "A short one. ".repeat(20_000);
        assertThat(new StepSplitter(Style.AUTO).split(text).places()).hasSize(20_000);
    }
}
