package org.espalier.serve.openai;

import java.util.Optional;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused or fails, as OpenAI tells it. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String parameter;
    private final String code;

    /**
     * An error.
     *
     * @param parameter of the request that is wrong, or empty
     * @param code for programs, or empty
     */
    public ApiError(int status, String parameter, String code, String sentence) {
        super(sentence);
        this.status = status;
        this.parameter = parameter;
        this.code = code;
    }

    /** What a request says is wrong. */
    public static ApiError wrong(String parameter, String sentence) {
        return new ApiError(400, parameter, "", sentence);
    }

    /** What this server does not do. */
    public static ApiError unsupported(String parameter, String sentence) {
        return new ApiError(400, parameter, "unsupported_parameter", sentence);
    }

    public int status() {
        return status;
    }

    /** {@code {"error": {...}}}. */
    public ObjectNode json() {
        return json(status, parameter, code, String.valueOf(getMessage()));
    }

    /** An error that is nobody's exception. */
    public static ObjectNode json(int status, String sentence) {
        return json(status, "", "", sentence);
    }

    private static ObjectNode json(int status, String parameter, String code, String sentence) {
        ObjectNode error = Json.object();
        error.putObject("error")
                .put("message", sentence)
                .put("type", type(status))
                .put("param", filled(parameter).orElse(null))
                .put("code", filled(code).orElse(null));
        return error;
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
