package org.espalier.greenhouse.grow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.Turn;
import org.espalier.greenhouse.corpus.CorpusItem;
import org.espalier.greenhouse.corpus.Message;
import org.espalier.greenhouse.picture.Scene;
import org.espalier.greenhouse.picture.ScenePainter;
import org.espalier.greenhouse.world.World;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Qwen25VlChat;
import org.espalier.model.chat.Taught;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.picture.Patches;
import org.espalier.model.picture.PreprocessorConfig;
import org.espalier.model.picture.QwenImageProcessor;
import org.espalier.model.train.Lesson;
import org.espalier.picture.RgbPicture;

/** Texts of the corpus as a model of the given folder reads them: tokens, and pictures painted and cut into patches. */
final class LessonMaker implements AutoCloseable {
    private static final Path PAINTED = Path.of("painted");

    private final Tokenizer tokenizer;
    private final ChatFormat chat;
    private final QwenImageProcessor processor;
    private final ScenePainter painter;

    LessonMaker(World world, Path checkpoint) {
        tokenizer = Tokenizer.load(checkpoint);
        chat = new Qwen25VlChat(tokenizer);
        processor = new QwenImageProcessor(PreprocessorConfig.read(checkpoint.resolve("preprocessor_config.json")));
        painter = new ScenePainter(world);
    }

    Lesson lesson(CorpusItem item) {
        List<Turn> turns = item.messages().stream().map(LessonMaker::turn).toList();
        List<Patches> pictures = item.messages().stream()
                .flatMap(message -> message.scene().stream())
                .map(this::patches)
                .toList();
        Taught taught = chat.teach(turns, number -> pictures.get(number).tokens(), Taught.Turns.LAST);
        int end = item.kind() == CorpusItem.Kind.GLANCE ? lastLearned(taught.mask()) : taught.ids().length;
        return new Lesson(Arrays.copyOf(taught.ids(), end), Arrays.copyOf(taught.mask(), end), pictures);
    }

    /** The place of the token that ends the answer: a glance stops in the middle of a path and must not teach to end there. */
    private static int lastLearned(boolean[] mask) {
        int last = mask.length - 1;
        while (!mask[last]) {
            last--;
        }
        return last;
    }

    private static Turn turn(Message message) {
        List<Path> images = message.scene().map(scene -> PAINTED).stream().toList();
        return new Turn(message.role(), images, message.text());
    }

    private Patches patches(Scene scene) {
        return processor.process(new RgbPicture(Scene.SIDE, Scene.SIDE, painter.paint(scene)));
    }

    /** A model that speaks these tokens, as something to ask. */
    LocalModel ask(VisionLanguageModel model) {
        return new LocalModel(model, tokenizer, chat, processor, Deltas.NONE);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
