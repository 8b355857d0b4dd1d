package org.espalier.endpoint.batch;

import java.io.IOException;
import org.espalier.endpoint.internal.HttpAnswer;

/** A provider answered, and not with a success. */
public final class RefusedBatch extends IOException {
    private static final long serialVersionUID = 1;

    private final transient HttpAnswer answer;

    RefusedBatch(HttpAnswer answer) {
        super("HTTP " + answer.status());
        this.answer = answer;
    }

    public HttpAnswer answer() {
        return answer;
    }
}
