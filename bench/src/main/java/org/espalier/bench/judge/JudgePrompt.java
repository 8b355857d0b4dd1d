package org.espalier.bench.judge;

import org.espalier.core.file.Sha256;

/**
 * What a judge is told, and the form of its answer.
 *
 * @param text the system's turn
 */
public record JudgePrompt(String text, JudgeForm form) {
    /** Names the words and the form: another wording is another protocol. */
    public String sha256() {
        return Sha256.of(text + "\n" + form.asked());
    }
}
