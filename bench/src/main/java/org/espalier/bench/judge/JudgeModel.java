package org.espalier.bench.judge;

import java.util.List;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Turn;

/** A model that judges. */
public interface JudgeModel {
    /**
     * One conversation that ends with a user turn.
     *
     * @param key names what is judged, for logs and random numbers
     * @param mark that the answer repeats
     * @param form of the answer, for servers that can keep to a schema; the conversation asks for it in words too
     */
    record Ask(String key, List<Turn> conversation, String mark, JudgeForm form) {
        public Ask {
            conversation = List.copyOf(conversation);
        }
    }

    /** Who judges, and in which snapshot, as the protocol names it. */
    String name();

    /** One reply an ask, in order. */
    List<Reply> answer(List<Ask> asks);
}
