package org.espalier.bench.suite;

import org.espalier.bench.judge.JudgeForm;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.judge.PublishedForm;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Labelled;
import org.espalier.core.text.Thinking;

/** By whose choices a benchmark is run, where the published program and this one differ. */
public enum Convention implements Labelled {
    /** What nobody judged is in no figure; models are asked as their own settings say; thoughts are not judged. */
    OURS,
    /** As the published program does it. */
    OFFICIAL;

    /**
     * A judge's question, in the words that bear the name of its form.
     *
     * @param theirs how the published program asks for the same and reads it
     */
    public JudgePrompt judging(Prompts prompts, JudgeForm form, PublishedForm theirs, boolean textFirst) {
        return new JudgePrompt(prompts.of(form.name()), this == OFFICIAL ? form.as(theirs) : form, textFirst);
    }

    /**
     * What a judge is shown of a reply. A published program knows nothing of thinking: what stands in a text is judged
     * with it, and what a provider keeps apart it never sees.
     */
    public Reply judged(Reply reply) {
        if (!(reply instanceof Reply.Said(String text, boolean complete))) {
            return reply;
        }
        Thinking parted = Thinking.of(text);
        boolean alone = !parted.answer().equals(text) && (this == OURS || parted.apart());
        return alone ? new Reply.Said(parted.answer(), complete) : reply;
    }
}
