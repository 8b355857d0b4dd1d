package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Path PICTURE =
            Path.of(System.getProperty("espalier.root")).resolve("fixtures/qwen2_5_vl/image_0.png");

    private final List<ChatModel.Request> asked = new ArrayList<>();
    private final StringBuilder seen = new StringBuilder();
    private final List<String> asides = new ArrayList<>();
    private final Conversation conversation = new Conversation(this::reply, seen::append, asides::add);

    /** Says back the last question, in two pieces; refuses what asks for it. */
    private ChatModel.Reply reply(ChatModel.Request request, Consumer<String> heard) {
        asked.add(request);
        String text = request.conversation().getLast().text();
        if (text.contains("refuse")) {
            throw new InputException("refused");
        }
        heard.accept("You said ");
        heard.accept(text);
        return new ChatModel.Reply.Said("You said " + text, !text.contains("long"));
    }

    @Test
    void remembersTheTurnsBefore() {
        conversation.take("one");
        conversation.take("two");

        assertThat(seen.toString().lines()).containsExactly("You said one", "You said two");
        assertThat(asked.getLast().conversation())
                .containsExactly(
                        new Turn(Turn.Role.USER, List.of(), "one"),
                        Turn.assistant("You said one"),
                        new Turn(Turn.Role.USER, List.of(), "two"));
        assertThat(asked.getLast().sample()).isEqualTo(1);

        conversation.take("/new");
        conversation.take("three");
        assertThat(asked.getLast().conversation()).hasSize(1);
    }

    @Test
    void showsAPictureWithTheNextQuestionAlone() {
        conversation.take("/image " + PICTURE);
        conversation.take("what is it");
        conversation.take("and now");

        assertThat(asked.getLast().conversation())
                .extracting(turn -> turn.images().size())
                .containsExactly(1, 0, 0);
    }

    @Test
    void tellsAMistakeAndGoesOnWithoutIt() {
        conversation.take("/image no such file");
        conversation.take("/images " + PICTURE);
        conversation.take("/image " + PICTURE);
        conversation.take("refuse this");
        conversation.take("and this?");

        assertThat(seen.toString())
                .contains("The picture no such file is not there", "There is no command /images", "refused");
        assertThat(asked.getLast().conversation()).containsExactly(new Turn(Turn.Role.USER, List.of(), "and this?"));
    }

    @Test
    void saysBesideAnAnswerThatItWasCutOff() {
        conversation.take("a long story");
        conversation.take("a short one");

        assertThat(seen.toString().lines()).containsExactly("You said a long story", "You said a short one");
        assertThat(asides).containsExactly("(cut off: --max-tokens)");
    }
}
