package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.espalier.core.Turn;
import org.espalier.core.cost.Cost;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.KeySource;
import org.espalier.endpoint.plan.Limits;
import org.espalier.endpoint.plan.Prices;
import org.espalier.endpoint.wire.Provider;
import org.junit.jupiter.api.Test;

class CallCostTest {
    private static Endpoint endpoint(OptionalLong requests) {
        return Endpoints.planned(new EndpointPlan(
                "some",
                Provider.OPENAI_COMPATIBLE,
                "http://127.0.0.1:1/v1",
                "m",
                Optional.empty(),
                new KeySource.None(),
                new Limits(
                        10,
                        requests,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0),
                new Prices(BigDecimal.TWO, BigDecimal.ONE, BigDecimal.TEN),
                Provider.OPENAI_COMPATIBLE.capabilities(),
                Set.of(),
                java.util.Map.of(),
                false));
    }

    @Test
    void countsLettersAndPatches() {
        assertThat(CallCost.tokens("abcdefgh")).isEqualTo(2);
        assertThat(CallCost.tokens(57, 28)).isEqualTo(3);
        assertThat(CallCost.tokens(10_000, 10_000)).isEqualTo(2500);
        assertThat(CallCost.tokens(List.of(new Turn(Turn.Role.USER, List.of(Path.of("p.png")), "abcd"))))
                .isEqualTo(801);
    }

    @Test
    void takesMoneyByTheMillionTokensAndFourSecondsACallOverThePlaces() {
        Cost cost = CallCost.of(endpoint(OptionalLong.empty()), 100, 1_000_000, 500_000);

        assertThat(cost.money()).isEqualByComparingTo("7");
        assertThat(cost.time()).isEqualTo(Duration.ofSeconds(40));
        assertThat(cost.tokens()).isEqualTo(1_500_000);
    }

    @Test
    void aLimitByTheMinuteMayTakeLonger() {
        assertThat(CallCost.of(endpoint(OptionalLong.of(20)), 100, 0, 0).time()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void partsAddUpButForTheMemory() {
        Cost one = new Cost(1, 10, 20, BigDecimal.ONE, 500, Duration.ofSeconds(2));
        Cost other = new Cost(2, 1, 2, BigDecimal.TEN, 400, Duration.ofSeconds(3));

        assertThat(one.plus(other)).isEqualTo(new Cost(3, 11, 22, BigDecimal.valueOf(11), 500, Duration.ofSeconds(5)));
    }
}
