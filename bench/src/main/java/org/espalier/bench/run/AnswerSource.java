package org.espalier.bench.run;

import org.espalier.core.ChatModel;

/** Answers that are there already, in the place of a model. */
public interface AnswerSource extends ChatModel, AutoCloseable {
    @Override
    void close();
}
