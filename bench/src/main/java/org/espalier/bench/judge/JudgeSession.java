package org.espalier.bench.judge;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Turn;

/**
 * Puts calls to a judge, many at once. A reply that cannot be used is shown to the judge once with what is wrong with
 * it; after that the call has no verdict. Judges that are asked as a published program asks them have one try, as there.
 */
public record JudgeSession(JudgeModel judge) {
    /** One named call. */
    public record Put(String key, JudgeCall call) {}

    /** One reading a call, in order. */
    public List<Reading> put(List<Put> calls) {
        List<JudgeModel.Ask> asks =
                calls.stream().map(put -> ask(put, put.call().conversation())).toList();
        List<Reply> replies = asked(asks);
        List<Reading> readings = new ArrayList<>();
        List<Integer> again = new ArrayList<>();
        List<JudgeModel.Ask> repairs = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Reading reading = read(calls.get(i).call(), replies.get(i));
            readings.add(reading);
            if (reading instanceof Reading.None(Mishap mishap, String why)
                    && mishap != Mishap.JUDGE_SILENT
                    && calls.get(i).call().prompt().form().published().isEmpty()
                    && replies.get(i) instanceof Reply.Said said) {
                again.add(i);
                repairs.add(ask(calls.get(i), Turn.again(asks.get(i).conversation(), said.text(), why)));
            }
        }
        List<Reply> second = repairs.isEmpty() ? List.of() : asked(repairs);
        for (int i = 0; i < again.size(); i++) {
            int place = again.get(i);
            readings.set(place, read(calls.get(place).call(), second.get(i)));
        }
        return readings;
    }

    private List<Reply> asked(List<JudgeModel.Ask> asks) {
        List<Reply> replies = judge.answer(asks);
        if (replies.size() != asks.size()) {
            throw new IllegalStateException(
                    judge.name() + " gave " + replies.size() + " replies to " + asks.size() + " asks");
        }
        return replies;
    }

    private static JudgeModel.Ask ask(Put put, List<Turn> conversation) {
        return new JudgeModel.Ask(
                put.key(),
                conversation,
                put.call().fence().mark(),
                put.call().prompt().form());
    }

    private static Reading read(JudgeCall call, Reply reply) {
        return switch (reply) {
            case Reply.Said said ->
                ReplyReader.read(said.text(), call.prompt().form(), call.fence().mark());
            case Reply.Failed failed -> new Reading.None(Mishap.JUDGE_SILENT, failed.reason());
            case Reply.Blocked blocked -> new Reading.None(Mishap.JUDGE_SILENT, blocked.reason());
        };
    }
}
