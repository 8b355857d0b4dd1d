package org.espalier.tensor.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What no class outside the room {@code tensor} may do to tensors; each room's tests hold its classes to it. */
public final class PlacementRules {
    @ArchTest
    public static final ArchRule TENSORS_ARE_MADE_THROUGH_A_PLACEMENT = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.tensor..")
            .should()
            .accessTargetWhere(call("makes a tensor out of none", TensorCalls::creates))
            .because("it would lie on the host and be of a type of its own: Placement makes tensors")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule TENSORS_ARE_READ_THROUGH_A_PLACEMENT = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.tensor..")
            .should()
            .accessTargetWhere(call("reads or moves a tensor", TensorCalls::readsBack))
            .because("it waits for the device without saying so: Placement reads tensors")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule STORED_TENSORS_ARE_READ_INTO_A_PLACEMENT = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.tensor..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "reads a stored tensor into the host's memory",
                    access -> access.getTargetOwner().isAssignableTo("org.espalier.tensor.TensorSource")
                            && access.getTarget().getName().equals("read")))
            .because("Placement.read brings it where it is computed with")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule OPERATORS_ARE_NAMED_IN_TWO_CLASSES = noClasses()
            .that()
            .haveNameNotMatching("org\\.espalier\\.tensor\\.(CpuAttention|PackedProduct)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(TensorCalls.BINDINGS + "Dispatcher")
            .because("an operator that is called by name may be one of a processor alone")
            .allowEmptyShould(true);

    private PlacementRules() {}

    private interface Deed {
        boolean is(TensorCalls call);
    }

    private static DescribedPredicate<JavaAccess<?>> call(String description, Deed deed) {
        return DescribedPredicate.describe(
                description,
                access -> access.getTargetOwner().getName().startsWith(TensorCalls.BINDINGS)
                        && access.getTarget()
                                instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget target
                        && deed.is(of(target)));
    }

    private static TensorCalls of(com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        List<String> parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        boolean isStatic = target.resolveMember()
                .map((JavaCodeUnit unit) ->
                        unit.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                .orElse(owner.startsWith(TensorCalls.BINDINGS + "global."));
        return new TensorCalls(
                owner, target.getName(), parameters, ((HasName) target.getRawReturnType()).getName(), isStatic);
    }
}
