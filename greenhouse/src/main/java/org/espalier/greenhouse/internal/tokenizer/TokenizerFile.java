package org.espalier.greenhouse.internal.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;
import org.espalier.greenhouse.internal.corpus.Corpus;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.corpus.Mixture;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code tokenizer.json} of a base model: byte-level byte pairs, cut as Qwen2.5 cuts words. Every word of the corpus is one
 * token, with a space before it and, where it begins a line, without; any other text is spelled in smaller pieces.
 */
public final class TokenizerFile {
    /** The longest conversation: room for some twenty demonstrations. */
    private static final int POSITIONS = 4096;

    private final BytePairs pairs;
    private final SpecialTokens special;

    private TokenizerFile(BytePairs pairs, SpecialTokens special) {
        this.pairs = pairs;
        this.special = special;
    }

    /** Learns the tokens from so many first texts of a corpus and from the words that frame a conversation of a family. */
    public static TokenizerFile learn(Corpus corpus, int first, BaseShape shape) {
        Stream<String> texts = LongStream.range(0, first)
                .mapToObj(n -> corpus.item(n, Mixture.REASONING))
                .flatMap(item -> item.messages().stream())
                .map(CorpusItem.Message::text);
        SpecialTokens special = shape.special();
        return new TokenizerFile(BytePairs.learn(Stream.concat(texts, special.frames().stream())), special);
    }

    /** The id of a special token, for example {@code <|im_end|>}. */
    public int id(String token) {
        int control = special.control().indexOf(token);
        if (control < 0) {
            throw new IllegalArgumentException(token + " is no control token");
        }
        return pairs.tokens().size() + control;
    }

    /** How many tokens there are. */
    public int size() {
        return pairs.tokens().size()
                + special.control().size()
                + special.plain().size();
    }

    /** The file. */
    public String json() {
        ObjectNode root = (ObjectNode) Json.parse(Shipped.text(TokenizerFile.class, "tokenizer.json"));
        addedTokens(root.withArray("added_tokens"));
        root.withObject("/pre_tokenizer/pretokenizers/0/pattern").put("Regex", BytePairs.WORDS);
        ObjectNode vocab = root.withObject("/model/vocab");
        for (int i = 0; i < pairs.tokens().size(); i++) {
            vocab.put(pairs.tokens().get(i), i);
        }
        ArrayNode merges = root.withArray("/model/merges");
        pairs.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
        return Json.page(root);
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
            node.put("special", special.control().contains(token));
        }
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(special.control());
        all.addAll(special.plain());
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
            node.put("special", special.control().contains(token));
        }
        root.set(
                "additional_special_tokens",
                Json.tree(special.control().stream().skip(1).collect(Collectors.toList())));
        if (special.beginning().equals(special.textEnd())) {
            root.putNull("bos_token");
        } else {
            root.put("bos_token", special.beginning());
        }
        root.put("chat_template", chatTemplate);
        root.put("clean_up_tokenization_spaces", false);
        root.put("eos_token", special.end()).put("errors", "replace");
        root.put("model_max_length", POSITIONS).put("pad_token", special.textEnd());
        root.put("split_special_tokens", false).put("tokenizer_class", special.library());
        root.putNull("unk_token");
        return Json.page(root);
    }
}
