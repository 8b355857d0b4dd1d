package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClassPathTest {
    @Test
    void holdsNoLibtorch() {
        assertThat(System.getProperty("java.class.path"))
                .doesNotContain("bytedeco")
                .doesNotContain("pytorch");
        assertThatThrownBy(() -> Class.forName("org.bytedeco.javacpp.Pointer"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
