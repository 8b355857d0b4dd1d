package org.espalier.endpoint.wire;

import org.espalier.core.Labelled;
import org.espalier.endpoint.wire.Capabilities.JsonOutput;
import org.espalier.endpoint.wire.Capabilities.Prefill;

/** Whose dialect an endpoint speaks, with what is true of it if the endpoints file says nothing. */
public enum Provider implements Labelled {
    /** vLLM, SGLang, llama.cpp, Ollama and most others: {@code max_tokens}, a schema for JSON. */
    OPENAI_COMPATIBLE(
            "",
            new Capabilities(true, true, false, JsonOutput.SCHEMA, Prefill.NONE),
            PictureTerms.mib(20, Integer.MAX_VALUE)),
    /** OpenAI itself: {@code max_completion_tokens}. */
    OPENAI(
            "https://api.openai.com/v1",
            new Capabilities(true, true, false, JsonOutput.SCHEMA, Prefill.NONE),
            PictureTerms.mib(20, Integer.MAX_VALUE)),
    /**
     * Only newer models of Anthropic's take a schema, so that by default the prompt alone asks for JSON. A picture may have
     * 5 MiB in base64, which is 3.75 MiB of bytes.
     */
    ANTHROPIC(
            "https://api.anthropic.com/v1",
            new Capabilities(true, false, false, JsonOutput.NONE, Prefill.NATIVE),
            PictureTerms.mib(3.75, 8000)),
    GEMINI(
            "https://generativelanguage.googleapis.com/v1beta",
            new Capabilities(true, true, false, JsonOutput.SCHEMA, Prefill.NONE),
            PictureTerms.mib(14, Integer.MAX_VALUE)),
    /** A checkpoint in this process. */
    LOCAL("", new Capabilities(true, true, false, JsonOutput.NONE, Prefill.NONE), PictureTerms.ANY);

    private final String url;
    private final Capabilities capabilities;
    private final PictureTerms pictures;

    Provider(String url, Capabilities capabilities, PictureTerms pictures) {

        this.url = url;
        this.capabilities = capabilities;
        this.pictures = pictures;
    }

    /** Where it is reached if nothing is said; empty where that must be said. */
    public String url() {
        return url;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    /** Which pictures it takes as they are. */
    public PictureTerms pictures() {
        return pictures;
    }
}
