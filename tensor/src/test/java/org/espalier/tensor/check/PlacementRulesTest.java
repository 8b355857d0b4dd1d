package org.espalier.tensor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rules see what was planted, and leave the room of tensors alone. */
class PlacementRulesTest {
    private final JavaClasses planted = new ClassFileImporter().importPackages("org.espalier.planted");

    @Test
    void seeATensorThatIsMadeBesideThePlacement() {
        violated(
                PlacementRules.TENSORS_ARE_MADE_THROUGH_A_PLACEMENT, "InAProduct", "ones", "InACat", "zeros", "arange");
    }

    @Test
    void seeATensorThatIsReadOrMoved() {
        violated(PlacementRules.TENSORS_ARE_READ_THROUGH_A_PLACEMENT, "item_double", "equal", "Tensor.cpu()");
    }

    @Test
    void leaveAloneWhatIsNeither() {
        assertThatThrownBy(() -> PlacementRules.TENSORS_ARE_MADE_THROUGH_A_PLACEMENT.check(planted))
                .hasMessageNotContaining("ones_like")
                .hasMessageNotContaining("$Nothing");
        assertThatThrownBy(() -> PlacementRules.TENSORS_ARE_READ_THROUGH_A_PLACEMENT.check(planted))
                .hasMessageNotContaining("$Nothing");
    }

    @Test
    void holdInTheRoomOfTensors() {
        JavaClasses tensor = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.espalier.tensor");
        assertThat(tensor).isNotEmpty();
        PlacementRules.OPERATORS_ARE_NAMED_IN_TWO_CLASSES.check(tensor);
    }

    private void violated(ArchRule rule, String... named) {
        assertThatThrownBy(() -> rule.check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(named);
    }
}
