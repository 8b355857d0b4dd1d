package org.espalier.bench.judge;

import java.util.List;
import org.espalier.core.ChatModel;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Sampling;

/** Any chat model as a judge. */
public record ChatJudge(String name, ChatModel model, Sampling sampling) implements JudgeModel {
    @Override
    public List<Reply> answer(List<Ask> asks) {
        return model.reply(
                asks.stream()
                        .map(ask -> new ChatModel.Request(ask.key(), 0, ask.conversation()))
                        .toList(),
                sampling);
    }
}
