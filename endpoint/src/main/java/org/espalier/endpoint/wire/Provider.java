package org.espalier.endpoint.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.endpoint.wire.Capabilities.JsonOutput;
import org.espalier.endpoint.wire.Capabilities.Prefill;

/** Whose dialect an endpoint speaks, with what is true of it if the endpoints file says nothing. */
public enum Provider {
    /** vLLM, SGLang, llama.cpp, Ollama and most others: {@code max_tokens}, a schema for JSON. */
    OPENAI_COMPATIBLE(
            "openai-compatible",
            "",
            new Capabilities(true, true, false, JsonOutput.JSON_SCHEMA, Prefill.NONE),
            20,
            List.of("image/jpeg", "image/png", "image/webp", "image/gif")),
    /** OpenAI itself: {@code max_completion_tokens}. */
    OPENAI(
            "openai",
            "https://api.openai.com/v1",
            new Capabilities(true, true, false, JsonOutput.JSON_SCHEMA, Prefill.NONE),
            20,
            List.of("image/jpeg", "image/png", "image/webp", "image/gif")),
    /** Only newer models of Anthropic's take a schema, so that by default the prompt alone asks for JSON. */
    ANTHROPIC(
            "anthropic",
            "https://api.anthropic.com/v1",
            new Capabilities(true, false, false, JsonOutput.NONE, Prefill.NATIVE),
            5,
            List.of("image/jpeg", "image/png", "image/webp", "image/gif")),
    GEMINI(
            "gemini",
            "https://generativelanguage.googleapis.com/v1beta",
            new Capabilities(true, true, false, JsonOutput.JSON_SCHEMA, Prefill.NONE),
            14,
            List.of("image/jpeg", "image/png", "image/webp")),
    /** A checkpoint in this process. */
    LOCAL(
            "local",
            "",
            new Capabilities(true, true, false, JsonOutput.NONE, Prefill.NONE),
            1024,
            List.of("image/jpeg", "image/png", "image/webp"));

    private final String label;
    private final String url;
    private final Capabilities capabilities;
    private final int maxMib;
    private final List<String> mediaTypes;

    Provider(String label, String url, Capabilities capabilities, int maxMib, List<String> mediaTypes) {
        this.label = label;
        this.url = url;
        this.capabilities = capabilities;
        this.maxMib = maxMib;
        this.mediaTypes = mediaTypes;
    }

    /** As the endpoints file writes it. */
    public String label() {
        return label;
    }

    /** Where it is reached if nothing is said; empty where that must be said. */
    public String url() {
        return url;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    /** Greatest size of a picture's file in MiB. */
    public int maxMib() {
        return maxMib;
    }

    /** Kinds of pictures that it takes. */
    public List<String> mediaTypes() {
        return mediaTypes;
    }

    public static Optional<Provider> of(String label) {
        return Arrays.stream(values())
                .filter(provider -> provider.label.equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Provider::label).toList();
    }
}
