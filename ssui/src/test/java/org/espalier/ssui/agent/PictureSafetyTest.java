package org.espalier.ssui.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.espalier.core.Sampling;
import org.espalier.endpoint.EndpointAnswer;
import org.espalier.ssui.pool.Safety;
import org.junit.jupiter.api.Test;

class PictureSafetyTest {
    private static final AgentPrompt PROMPT = AgentPrompt.shipped("safety");

    @Test
    void aVerdictSaysWhichPromptAndAnswerItComesFrom() {
        Scripted model = new Scripted(ask -> "{\"safe\": false, \"reason\": \"a wound\"}");

        Safety safety = check(model);

        assertThat(safety.verdict()).isEqualTo(Safety.Verdict.UNSAFE);
        assertThat(safety.prompt()).isEqualTo(PROMPT.sha256());
        assertThat(safety.response()).hasSize(64);
        assertThat(safety.open()).isFalse();
    }

    @Test
    void aRefusalIsSettledAndAnOutageIsNot() {
        EndpointAnswer.Kept kept = new EndpointAnswer.Kept("key-1", 400, "no");

        assertThat(check(Scripted.answering(
                        ask -> new EndpointAnswer.Failed("refused", false, Duration.ZERO, List.of(kept)))))
                .isEqualTo(new Safety(Safety.Verdict.UNVERIFIED, "refused", "script", PROMPT.sha256(), "key-1", false));
        assertThat(check(Scripted.answering(ask -> new EndpointAnswer.Failed("down", true, Duration.ZERO, List.of()))))
                .isEqualTo(new Safety(Safety.Verdict.UNVERIFIED, "down", "script", PROMPT.sha256(), "", true));
    }

    private static Safety check(Scripted model) {
        return new PictureSafety(model, PROMPT, Sampling.at(0, 200, 0)).check("a1", Path.of("a.png"));
    }
}
