package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
    @TempDir
    private Path checkout;

    @Test
    void saysHowToGrowABaseModelThatACheckoutLacks() {
        assertThatThrownBy(() -> Place.baseModel(checkout, "llava_next"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no base model of the family llava_next comes with Espalier")
                .hasMessageContaining("espalier greenhouse grow --family llava_next");
    }

    @Test
    void findsTheBaseModelOfAnotherFamilyBesideTheFirst() throws IOException {
        Path base = Files.createDirectories(checkout.resolve("greenhouse/model-llava_next"));

        assertThat(Place.baseModel(checkout, "llava_next")).isEqualTo(base);
    }
}
