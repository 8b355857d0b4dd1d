package org.espalier.serve;

import org.espalier.core.InputException;
import org.espalier.serve.http.ListenSettings;

/**
 * How a model is served.
 *
 * @param concurrency answers decoded together at most; further ones wait
 * @param waiting requests that may wait; further ones are refused with 429
 * @param maxTokens new tokens at most where a caller does not say
 */
public record ServerSettings(ListenSettings listen, int concurrency, int waiting, int maxTokens) {
    public ServerSettings {
        if (concurrency < 1 || concurrency > 1024) {
            throw new InputException("a concurrency is a number from 1 to 1024, not " + concurrency);
        }
        if (waiting < 0 || waiting > 100_000) {
            throw new InputException("a number of waiting requests is from 0 to 100000, not " + waiting);
        }
        if (maxTokens < 1) {
            throw new InputException("max tokens is at least 1, not " + maxTokens);
        }
    }

    /** On any port of the loopback address, 32 answers at once. */
    public static ServerSettings plain() {
        return new ServerSettings(new ListenSettings("127.0.0.1", 0, 2000, 64 << 20), 32, 256, 1024);
    }
}
