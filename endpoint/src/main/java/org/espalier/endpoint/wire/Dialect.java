package org.espalier.endpoint.wire;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts prompts into a provider's words and reads its answers, by the client library; its connections are ours. It never
 * learns a key, retries nothing, and asks for one answer at a time.
 */
public final class Dialect {
    /** Stands where the library insists on a key; the connection puts the real one in its place. */
    private static final String NO_KEY = "none";

    /** Fields of a request that can be left out, as {@code omit} in the endpoints file names them. */
    public static final List<String> OMITTABLE =
            List.of("temperature", "top-p", "top_k", "repetition_penalty", "seed", "stop");

    /** The library's clients look through the class path as they are made: one is made, and this names the connection of its present call. */
    private static final ScopedValue<HttpClient> CONNECTION = ScopedValue.newInstance();

    private final Provider provider;
    private final String baseUrl;
    private final String model;
    private final Capabilities capabilities;
    private final Set<String> omit;
    private final Map<String, Object> extra;
    private final Optional<ChatModel> client;

    /**
     * @param omit fields that the server does not take, of {@link #OMITTABLE}
     * @param extra further fields of the request's body, as given
     */
    public Dialect(
            Provider provider,
            String baseUrl,
            String model,
            Capabilities capabilities,
            Set<String> omit,
            Map<String, Object> extra) {
        this.provider = provider;
        this.baseUrl = baseUrl;
        this.model = model;
        this.capabilities = capabilities;
        this.omit = Set.copyOf(omit);
        this.extra = Map.copyOf(extra);
        this.client = provider == Provider.GEMINI ? Optional.empty() : Optional.of(client(0));
    }

    /**
     * What was read from an answer, a refusal among them.
     *
     * @param thinking what the provider keeps apart from the text; else empty
     * @param filter the provider's word for why a filter of its own blocked it; empty where none did
     */
    public record Reading(String text, boolean complete, Usage usage, String thinking, Optional<String> filter) {
        Reading(String text, boolean complete, Usage usage) {
            this(text, complete, usage, "", Optional.empty());
        }
    }

    /**
     * Asks over {@code connection}, which sees the request and gives the answer.
     *
     * @param seed names the draw to servers that take seeds
     * @throws RuntimeException if the connection throws, or the answer cannot be read
     */
    public Reading ask(WireRequest prompt, int seed, HttpClient connection) {
        // Gemini's client takes the seed as it is made.
        ChatModel asked = client.orElseGet(() -> client(seed));
        ChatRequest request = ChatRequest.builder()
                .messages(messages(prompt))
                .parameters(parameters(prompt, seed))
                .build();
        Listening listening = new Listening(connection);
        Reading plain;
        try {
            plain = reading(ScopedValue.where(CONNECTION, listening).call(() -> asked.chat(request)));
        } catch (RuntimeException e) {
            plain = AnswerBody.of(provider, listening.body).refusal().orElseThrow(() -> e);
        }
        AnswerBody extras = AnswerBody.of(provider, listening.body);
        return new Reading(plain.text(), plain.complete(), plain.usage(), extras.thinking(), extras.filter());
    }

    private static Reading reading(ChatResponse response) {
        String text = response.aiMessage().text();
        FinishReason end = response.finishReason();
        return new Reading(
                text == null ? "" : text,
                end != FinishReason.LENGTH && end != FinishReason.CONTENT_FILTER,
                usage(response.tokenUsage()));
    }

    private ChatModel client(int seed) {
        HttpClientBuilder connection = new Forwarding();
        return switch (provider) {
            case OPENAI, OPENAI_COMPATIBLE ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(connection)
                        .baseUrl(baseUrl)
                        .modelName(model)
                        .maxRetries(0)
                        .strictJsonSchema(true)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(connection)
                        .baseUrl(baseUrl)
                        .apiKey(NO_KEY)
                        .modelName(model)
                        .maxRetries(0)
                        .customParameters(extra)
                        .build();
            case GEMINI -> {
                GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder builder = GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(connection)
                        .baseUrl(baseUrl)
                        .apiKey(NO_KEY)
                        .modelName(model)
                        .maxRetries(0)
                        // Without this it puts what a model thinks before what it says.
                        .returnThinking(false);
                yield (capabilities.seed() ? builder.seed(seed) : builder).build();
            }
            case LOCAL -> throw new IllegalStateException("a local checkpoint is not spoken to over HTTP");
        };
    }

    private ChatRequestParameters parameters(WireRequest prompt, int seed) {
        Sampling sampling = prompt.sampling();
        if (provider != Provider.OPENAI && provider != Provider.OPENAI_COMPATIBLE) {
            DefaultChatRequestParameters.Builder<?> plain =
                    common(ChatRequestParameters.builder(), prompt).maxOutputTokens(sampling.maxTokens());
            return (sampling.topK() > 0 && !omit.contains("top_k") ? plain.topK(sampling.topK()) : plain).build();
        }
        OpenAiChatRequestParameters.Builder builder = OpenAiChatRequestParameters.builder();
        common(builder, prompt);
        if (provider == Provider.OPENAI) {
            builder.maxCompletionTokens(sampling.maxTokens());
        } else {
            builder.maxOutputTokens(sampling.maxTokens());
        }
        if (capabilities.seed() && !omit.contains("seed")) {
            builder.seed(seed);
        }
        Map<String, Object> more = new HashMap<>(extra);
        if (sampling.topK() > 0) {
            more.put("top_k", sampling.topK());
        }
        more.keySet().removeAll(omit);
        if (prompt.prefilled()) {
            // Without these, vLLM and SGLang begin a new turn; servers that do not know the two ignore them.
            more.put("continue_final_message", true);
            more.put("add_generation_prompt", false);
        }
        return builder.customParameters(more).build();
    }

    private DefaultChatRequestParameters.Builder<?> common(
            DefaultChatRequestParameters.Builder<?> builder, WireRequest prompt) {
        Sampling sampling = prompt.sampling();
        if (!omit.contains("temperature")) {
            builder.temperature(sampling.temperature());
        }
        if (sampling.topP() < 1 && !omit.contains("top-p")) {
            builder.topP(sampling.topP());
        }
        if (!sampling.stops().isEmpty() && !omit.contains("stop")) {
            builder.stopSequences(sampling.stops());
        }
        prompt.shape().flatMap(this::format).ifPresent(builder::responseFormat);
        return builder;
    }

    private Optional<ResponseFormat> format(AnswerSchema shape) {
        return switch (capabilities.json()) {
            case NONE -> Optional.empty();
            case OBJECT -> Optional.of(ResponseFormat.JSON);
            case SCHEMA -> Optional.of(format(shape.name(), shape.schema()));
            case SCHEMA_EACH -> Optional.of(format(shape.name(), shape.exact()));
        };
    }

    private static ResponseFormat format(String name, ObjectNode schema) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name(name)
                        .rootElement(JsonRawSchema.from(Json.line(schema)))
                        .build())
                .build();
    }

    private static List<ChatMessage> messages(WireRequest prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        for (Turn turn : prompt.conversation()) {
            messages.add(
                    switch (turn.role()) {
                        case SYSTEM -> SystemMessage.from(turn.text());
                        case ASSISTANT -> AiMessage.from(turn.text());
                        case USER -> user(turn, prompt);
                    });
        }
        return messages;
    }

    private static UserMessage user(Turn turn, WireRequest prompt) {
        if (turn.images().isEmpty()) {
            return UserMessage.from(turn.text());
        }
        List<Content> contents = new ArrayList<>();
        for (var file : turn.images()) {
            EncodedPicture picture = prompt.picture(file);
            Image image = Image.builder()
                    .base64Data(picture.mark())
                    .mimeType(picture.mediaType())
                    .build();
            // The library's own default is "low", which would show the model a thumbnail.
            contents.add(ImageContent.from(image, ImageContent.DetailLevel.AUTO));
        }
        contents.add(turn.textFirst() ? 0 : contents.size(), TextContent.from(turn.text()));
        return UserMessage.from(contents);
    }

    private static Usage usage(TokenUsage reported) {
        if (reported == null) {
            return Usage.NONE;
        }
        long input = count(reported.inputTokenCount());
        long output = count(reported.outputTokenCount());
        return switch (reported) {
            case OpenAiTokenUsage openAi
            when openAi.inputTokensDetails() != null ->
                new Usage(input, output, count(openAi.inputTokensDetails().cachedTokens()));
            case AnthropicTokenUsage anthropic -> {
                // Anthropic counts what it cached apart from the input.
                long read = count(anthropic.cacheReadInputTokens());
                yield new Usage(input + read + count(anthropic.cacheCreationInputTokens()), output, read);
            }
            case GoogleAiGeminiTokenUsage gemini ->
                new Usage(input, output + count(gemini.thoughtsTokenCount()), count(gemini.cachedContentTokenCount()));
            default -> new Usage(input, output, 0);
        };
    }

    /** Keeps the body of a success, for what the library does not make an answer of. */
    private static final class Listening implements Unstreamed {
        private final HttpClient connection;
        private String body = "";

        Listening(HttpClient connection) {
            this.connection = connection;
        }

        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            SuccessfulHttpResponse response = connection.execute(request);
            body = response.body();
            return response;
        }
    }

    /** Hands each request to the connection that {@link #ask} was given. */
    private static final class Forwarding implements HttpClientBuilder, Unstreamed {
        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            return CONNECTION.get().execute(request);
        }

        @Override
        public HttpClient build() {
            return this;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }
    }

    private static long count(@org.jspecify.annotations.Nullable Integer count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
