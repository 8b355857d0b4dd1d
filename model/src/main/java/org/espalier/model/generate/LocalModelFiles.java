package org.espalier.model.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.chat.Qwen25VlChat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.picture.PreprocessorConfig;
import org.espalier.model.picture.QwenImageProcessor;
import org.espalier.model.qwen.QwenModel;

/** Opens what a checkpoint folder holds, the small files first, and closes it again. */
final class LocalModelFiles {
    private LocalModelFiles() {}

    static LocalModel open(Path folder, Optional<Path> adapterFolder, LocalModelOptions options) {
        if (!Files.exists(folder.resolve("config.json"))) {
            throw new InputException(folder + " is not the folder of a model: it holds no config.json");
        }
        PreprocessorConfig config = PreprocessorConfig.read(folder.resolve("preprocessor_config.json"));
        if (options.minPixels().isPresent() || options.maxPixels().isPresent()) {
            config = config.withPixels(
                    options.minPixels().orElse(config.minPixels()),
                    options.maxPixels().orElse(config.maxPixels()));
        }
        GenerationDefaults defaults = GenerationDefaults.read(folder);
        Deque<Runnable> opened = new ArrayDeque<>();
        Runnable close = () -> opened.forEach(Runnable::run);
        try {
            Tokenizer tokenizer = Tokenizer.load(folder);
            opened.push(tokenizer::close);
            Qwen25VlChat chat = new Qwen25VlChat(tokenizer);
            VisionLanguageModel model = QwenModel.load(folder, options.type());
            opened.push(model::close);
            Deltas deltas = Deltas.NONE;
            if (adapterFolder.isPresent()) {
                Adapter adapter =
                        AdapterFiles.read(adapterFolder.get(), model.decoder().shape());
                opened.push(adapter::close);
                deltas = adapter;
            }
            return new LocalModel(
                    model, tokenizer, chat, new QwenImageProcessor(config), deltas, defaults, options.rows(), close);
        } catch (RuntimeException e) {
            close.run();
            throw e;
        }
    }
}
