package org.espalier.greenhouse.internal.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.internal.corpus.Corpus;
import org.espalier.greenhouse.internal.corpus.Message;
import org.espalier.greenhouse.internal.corpus.Mixture;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code tokenizer.json} of a base model: byte-level byte pairs in Qwen2.5's layout. Every word of the corpus is one
 * token, with a space before it and, where it begins a line, without; any other text is spelled in smaller pieces.
 */
public final class TokenizerFile {
    private static final int TEXTS = 20_000;
    private static final List<String> SCAFFOLD =
            List.of("system\nYou are a helpful assistant.", "user\n", "assistant\n");

    private final BytePairs pairs;

    private TokenizerFile(BytePairs pairs) {
        this.pairs = pairs;
    }

    /** Learns the tokens from the first texts of a corpus and from the words that frame a conversation. */
    public static TokenizerFile learn(Corpus corpus) {
        Stream<String> texts = LongStream.range(0, TEXTS)
                .mapToObj(n -> corpus.item(n, Mixture.REASONING))
                .flatMap(item -> item.messages().stream())
                .map(Message::text);
        return new TokenizerFile(BytePairs.learn(Stream.concat(texts, SCAFFOLD.stream())));
    }

    /** The id of a special token, for example {@code <|im_end|>}. */
    public int id(String special) {
        int control = SpecialTokens.CONTROL.indexOf(special);
        if (control < 0) {
            throw new IllegalArgumentException(special + " is no control token");
        }
        return pairs.tokens().size() + control;
    }

    /** How many tokens there are. */
    public int size() {
        return pairs.tokens().size() + SpecialTokens.CONTROL.size() + SpecialTokens.PLAIN.size();
    }

    /** The file. */
    public String json() {
        ObjectNode root = Json.object();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        addedTokens(root.putArray("added_tokens"));
        root.putObject("normalizer").put("type", "NFC");
        ObjectNode before = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode stages = before.putArray("pretokenizers");
        ObjectNode split = stages.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", BytePairs.WORDS);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(stages.addObject());
        byteLevel(root.putObject("post_processor"));
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocab = model.putObject("vocab");
        for (int i = 0; i < pairs.tokens().size(); i++) {
            vocab.put(pairs.tokens().get(i), i);
        }
        ArrayNode merges = model.putArray("merges");
        pairs.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
        return Json.page(root);
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel").put("add_prefix_space", false);
        node.put("trim_offsets", false).put("use_regex", false);
    }

    private void addedTokens(ArrayNode array) {
        int id = pairs.tokens().size();
        for (String token : all()) {
            ObjectNode node = array.addObject();
            node.put("id", id++).put("content", token);
            node.put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false);
            node.put("special", SpecialTokens.CONTROL.contains(token));
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(SpecialTokens.CONTROL);
        all.addAll(SpecialTokens.PLAIN);
        return all;
    }

    /** {@code tokenizer_config.json} that belongs to it. */
    String config(String chatTemplate) {
        ObjectNode root = Json.object();
        root.put("add_bos_token", false).put("add_prefix_space", false);
        ObjectNode decoder = root.putObject("added_tokens_decoder");
        int id = pairs.tokens().size();
        for (String token : all()) {
            ObjectNode node = decoder.putObject(Integer.toString(id++));
            node.put("content", token).put("lstrip", false).put("normalized", false);
            node.put("rstrip", false).put("single_word", false);
            node.put("special", SpecialTokens.CONTROL.contains(token));
        }
        root.set(
                "additional_special_tokens",
                Json.tree(SpecialTokens.CONTROL.stream().skip(1).collect(Collectors.toList())));
        root.putNull("bos_token");
        root.put("chat_template", chatTemplate);
        root.put("clean_up_tokenization_spaces", false);
        root.put("eos_token", "<|im_end|>").put("errors", "replace");
        root.put("model_max_length", ModelShape.POSITIONS).put("pad_token", "<|endoftext|>");
        root.put("split_special_tokens", false).put("tokenizer_class", "Qwen2Tokenizer");
        root.putNull("unk_token");
        return Json.page(root);
    }
}
