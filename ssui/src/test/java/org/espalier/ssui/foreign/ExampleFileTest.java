package org.espalier.ssui.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.ssui.Pictures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        Pictures.write(folder.resolve("a.png"), 1);
        Pictures.write(folder.resolve("b.png"), 2);
    }

    private ForeignExample one(String row) throws IOException {
        return ExampleFile.read(Files.writeString(folder.resolve("data.jsonl"), row + "\n"))
                .examples()
                .getFirst();
    }

    private Turn user(String text, String... pictures) {
        return new Turn(
                Turn.Role.USER, List.of(pictures).stream().map(folder::resolve).toList(), text);
    }

    @Test
    void theSamePairIsReadFromEachForm() throws IOException {
        List<String> forms = List.of("""
                {"prompt":[{"role":"user","content":"May I?"}],"chosen":[{"role":"assistant","content":"No."}],\
                "rejected":[{"role":"assistant","content":"Yes."}],"images":["a.png"]}""", """
                {"prompt":[{"role":"user","content":[{"type":"image"},{"type":"text","text":"May I?"}]}],\
                "chosen":[{"role":"assistant","content":[{"type":"text","text":"No."}]}],\
                "rejected":[{"role":"assistant","content":[{"type":"text","text":"Yes."}]}],"images":["a.png"]}""", """
                {"prompt":"May I?","chosen":"No.","rejected":"Yes.","image":"a.png"}""", """
                {"chosen":[{"role":"user","content":"May I?"},{"role":"assistant","content":"No."}],\
                "rejected":[{"role":"user","content":"May I?"},{"role":"assistant","content":"Yes."}],"images":["a.png"]}""", """
                {"conversations":[{"from":"human","value":"<image>\\nMay I?"}],"chosen":{"from":"gpt","value":"No."},\
                "rejected":{"from":"gpt","value":"Yes."},"images":["a.png"]}""", """
                {"messages":[{"role":"user","content":"<image>May I?"},{"role":"assistant","content":"No."}],\
                "rejected_response":"Yes.","images":["a.png"]}""");
        for (String form : forms) {
            ForeignExample example = one(form);
            assertThat(example.prompt()).as(form).containsExactly(user("May I?", "a.png"));
            assertThat(example.answer()).isEqualTo("No.");
            assertThat(example.rejected()).contains("Yes.");
            assertThat(example.id()).isEqualTo("line 1");
        }
    }

    @Test
    void supervisedExamplesKeepTheConversationBeforeTheLastAnswer() throws IOException {
        ForeignExample example = one("""
                {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"<image>What?"},\
                {"role":"assistant","content":"A knife."},{"role":"user","content":"<image>And here?"},\
                {"role":"assistant","content":"A cat."}],"images":["a.png","b.png"],"id":7}""");

        assertThat(example.prompt())
                .containsExactly(
                        new Turn(Turn.Role.SYSTEM, List.of(), "Be brief."),
                        user("What?", "a.png"),
                        Turn.assistant("A knife."),
                        user("And here?", "b.png"));
        assertThat(example.answer()).isEqualTo("A cat.");
        assertThat(example.rejected()).isEmpty();
        assertThat(example.id()).isEqualTo("7");
        assertThat(one("{\"prompt\":\"Hello?\",\"completion\":\"Hello.\"}").prompt())
                .as("no picture")
                .containsExactly(user("Hello?"));
    }

    @Test
    void aFileMayBeOneArrayAndIdsMayRepeat() throws IOException {
        Path file = Files.writeString(folder.resolve("data.json"), """
                [ {"id":"q","prompt":"a","chosen":"b","rejected":"c"},
                  {"id":"q","prompt":"a","chosen":"d","rejected":"c","training":"forbidden"} ]""");

        ExampleFile read = ExampleFile.read(file);

        assertThat(read.examples()).extracting(ForeignExample::id).containsExactly("q", "q #2");
        assertThat(read.forbidden()).isEqualTo(1);
    }

    @Test
    void aPictureBehindWordsIsShownBeforeThemAndCounted() throws IOException {
        Path file = Files.writeString(
                folder.resolve("data.jsonl"),
                "{\"prompt\":[{\"role\":\"user\",\"content\":\"Look: <image> What is it?\"}],\"completion\":\"A cat.\","
                        + "\"images\":[\"a.png\"]}\n");

        ExampleFile read = ExampleFile.read(file);

        assertThat(read.moved()).isEqualTo(1);
        assertThat(read.examples().getFirst().prompt()).containsExactly(user("Look:  What is it?", "a.png"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\":\"<image><image>a\",\"chosen\":\"b\",\"rejected\":\"c\",\"images\":[\"a.png\"]} | names 1 pictures and says where 2 stand",
                "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"images\":[\"../a.png\"]} | \"../a.png\" leaves the file's folder",
                "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\" \"} | has a rejected answer that is not one assistant's turn of words",
                "{\"prompt\":\"a\",\"chosen\":[{\"role\":\"user\",\"content\":\"b\"}],\"rejected\":\"c\"} | has a chosen answer that is not one assistant's turn",
                "{\"prompt\":\"a\",\"completion\":\"b\",\"label\":true} | is a single answer with a label (KTO)",
                "{\"text\":\"a\"} | is in no known form",
                "{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]} | has a message of 'tool'",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]},{\"role\":\"assistant\",\"content\":\"b\"}]} | has a part of type 'video'",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} | has no user's turn before the answer",
                "[1] | is not an object",
                "{\"prompt\": | is not JSON"
            })
    void anOddRowIsOneSentenceWithFileAndLine(String row, String said) throws IOException {
        Path file = Files.writeString(
                folder.resolve("data.jsonl"), "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n" + row + "\n");

        assertThatThrownBy(() -> ExampleFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ", line 2")
                .hasMessageContaining(said);
    }
}
