package org.espalier.serve.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;

/** The key that callers must show. It is compared, and nowhere to be seen. */
public final class AccessKey {
    private static final String BEARER = "Bearer ";

    private final byte[] value;

    private AccessKey(byte[] value) {
        this.value = value;
    }

    /**
     * From the environment.
     *
     * @throws InputException if the variable is not set, or holds what no header may
     */
    public static AccessKey inVariable(String name, Map<String, String> environment) {
        String key =
                Optional.ofNullable(environment.get(name)).map(String::strip).orElse("");
        if (key.isEmpty()) {
            throw new InputException("the environment variable " + name
                    + ", which is to hold the key that callers must show, is not set");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InputException(
                    "the environment variable " + name + " does not hold a key: keys are one word of plain letters");
        }
        return new AccessKey(key.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether an {@code Authorization} header shows it; takes the same time for any wrong one. */
    boolean isIn(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        value, header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
