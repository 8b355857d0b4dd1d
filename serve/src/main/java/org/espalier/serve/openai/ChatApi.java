package org.espalier.serve.openai;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.espalier.core.InputException;
import org.espalier.core.UnusableModelException;
import org.espalier.core.file.Json;
import org.espalier.serve.http.HttpCall;
import org.espalier.serve.http.HttpHandler;
import org.espalier.serve.http.HttpListener;
import org.espalier.serve.http.HttpRefusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The addresses of the API, and who is let in: whoever shows the key, or where there is none, whoever calls this machine by a
 * name of its own, so that no page in a browser can be made to.
 *
 * @param key that callers must show
 */
public record ChatApi(Service service, Optional<AccessKey> key) implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(ChatApi.class.getName());
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    /** What answers. */
    public interface Service {
        ModelList models();

        /**
         * Answers a call for chat completions.
         *
         * @throws ApiError to answer with that
         */
        void complete(HttpCall call, byte[] body) throws IOException;

        /** Another page that may be looked at. */
        default Optional<ObjectNode> page(String path) {
            return Optional.empty();
        }
    }

    @Override
    public void handle(HttpCall call) throws IOException {
        ApiError error;
        try {
            route(call);
            return;
        } catch (HttpRefusal e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            error = error(e);
        }
        if (call.started()) {
            throw new IOException("the answer cannot be told any more", error);
        }
        send(call, error.status(), error.json());
    }

    private void route(HttpCall call) throws IOException {
        admit(call);
        String path = call.path();
        if (path.equals(CHAT)) {
            require(call, "POST");
            if (!call.header("Content-Type").toLowerCase(Locale.ROOT).startsWith(HttpListener.JSON)) {
                throw new ApiError(
                        415, "", "", "A request's body is JSON, with the header Content-Type: application/json.");
            }
            service.complete(call, call.body());
            return;
        }
        Optional<ObjectNode> page = path.equals(MODELS)
                ? Optional.of(service.models().json())
                : path.startsWith(MODELS + "/") ? Optional.of(model(path)) : service.page(path);
        if (page.isEmpty()) {
            throw new ApiError(
                    404,
                    "",
                    "unknown_url",
                    "There is nothing at this address: POST " + CHAT + " and GET " + MODELS + " are.");
        }
        require(call, "GET");
        send(call, 200, page.get());
    }

    private ObjectNode model(String path) {
        String name = path.substring(MODELS.length() + 1);
        try {
            return service.models().json(URLDecoder.decode(name, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return service.models().json(name);
        }
    }

    private void admit(HttpCall call) {
        if (key.isPresent()) {
            if (!key.get().isIn(call.header("Authorization"))) {
                throw new ApiError(
                        401,
                        "",
                        "invalid_api_key",
                        "This server wants its key: Authorization: Bearer KEY. It is missing or wrong.");
            }
        } else if (!OWN_NAMES.contains(call.header("Host").replaceFirst(":\\d+$", ""))) {
            throw new ApiError(403, "", "", "This server answers to 127.0.0.1 and localhost alone.");
        }
    }

    private static void require(HttpCall call, String method) {
        if (!call.method().equals(method)) {
            throw new ApiError(405, "", "", "This address takes " + method + ".");
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiError.wrong("", "The body is not text in UTF-8.");
        }
    }

    /**
     * A body as JSON.
     *
     * @throws ApiError if it is none
     */
    public static JsonNode json(byte[] bytes) {
        String body = text(bytes);
        if (body.isBlank()) {
            throw ApiError.wrong("", "The body is empty: send a JSON object with model and messages.");
        }
        try {
            return Json.parse(body);
        } catch (JacksonException e) {
            throw ApiError.wrong("", "The body " + Json.complaint(e) + ".");
        }
    }

    /** What became of a request, as a caller may know it; faults of ours are logged. */
    public static ApiError error(Throwable thrown) {
        return switch (thrown) {
            case ApiError told -> told;
            case UnusableModelException broken -> new ApiError(500, "", "", String.valueOf(broken.getMessage()));
            case InputException wrong -> ApiError.wrong("", String.valueOf(wrong.getMessage()));
            case CancellationException closed -> new ApiError(503, "", "", "The server is closing.");
            case OutOfMemoryError full -> new ApiError(503, "", "", "This request needs more memory than there is.");
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a request failed", thrown);
                yield new ApiError(500, "", "", "This is a fault of Espalier; its log says more.");
            }
        };
    }

    /** Answers with JSON. */
    public static void send(HttpCall call, int status, ObjectNode body) throws IOException {
        call.send(
                status,
                HttpListener.JSON,
                Json.line(body).getBytes(StandardCharsets.UTF_8),
                HttpListener.hints(status));
    }

    @Override
    public byte[] refusal(int status, String sentence) {
        return Json.line(ApiError.json(status, sentence)).getBytes(StandardCharsets.UTF_8);
    }
}
