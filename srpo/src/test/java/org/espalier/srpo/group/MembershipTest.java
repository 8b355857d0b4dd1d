package org.espalier.srpo.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a launcher's environment says. */
class MembershipTest {
    private static Map<String, String> environment(String words) {
        return Arrays.stream(words.split(" "))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
    }

    @Test
    void readsWhatTorchrunSets() {
        Membership self = Membership.of(environment(
                        "RANK=5 WORLD_SIZE=8 LOCAL_RANK=1 LOCAL_WORLD_SIZE=4 MASTER_ADDR=node0" + " MASTER_PORT=29500"))
                .orElseThrow();

        assertThat(self).isEqualTo(new Membership(5, 8, 1, 4, "node0", 29500, Optional.empty(), false));
    }

    @Test
    void oneProcessNeedsNoPlaceToMeet() {
        assertThat(Membership.of(Map.of("PATH", "/bin", "MASTER_PORT", "1"))).isEmpty();
        assertThat(Membership.of(environment("RANK=0 WORLD_SIZE=1"))).isPresent();
    }

    @Test
    void givesAChildWhatItReads() {
        Membership child = new Membership(1, 2, 1, 2, "127.0.0.1", 4711, Optional.of("secret"), true);
        assertThat(Membership.of(child.environment())).contains(child);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                RANK=2 WORLD_SIZE=2 MASTER_ADDR=h MASTER_PORT=1 | RANK 2 of WORLD_SIZE 2: ranks go from 0 to 1
                RANK=one WORLD_SIZE=2 MASTER_ADDR=h MASTER_PORT=1 | RANK=one: it is a number from 0
                RANK=-1 WORLD_SIZE=2 MASTER_ADDR=h MASTER_PORT=1 | RANK=-1: it is a number from 0
                RANK=0 WORLD_SIZE=0 MASTER_ADDR=h MASTER_PORT=1 | WORLD_SIZE=0: it is a number from 1
                RANK=0 WORLD_SIZE=2 MASTER_ADDR=h | no MASTER_PORT
                RANK=0 WORLD_SIZE=2 MASTER_ADDR=h MASTER_PORT=70000 | MASTER_PORT=70000: it is a number from 1 to 65535
                RANK=0 WORLD_SIZE=2 MASTER_PORT=1 | no MASTER_ADDR
                WORLD_SIZE=2 MASTER_ADDR=h MASTER_PORT=1 | no RANK
                RANK=1 MASTER_ADDR=h MASTER_PORT=1 | no WORLD_SIZE
                """)
    void halfAnEnvironmentIsRefused(String words, String sentence) {
        assertThatThrownBy(() -> Membership.of(environment(words)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }
}
