package org.espalier.lab;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.espalier.app.Main;
import org.jspecify.annotations.NullMarked;

/** CONTRIBUTING.md, "Style", as far as a machine can see it. */
@AnalyzeClasses(packages = "org.espalier", importOptions = ShippedClasses.class)
class HouseStyleTest {
    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre =
            classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager)(\\$.*)?");

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .doNotBelongToAnyOf(Main.class)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule staticFieldsHoldNoState = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(com.tngtech.archunit.base.DescribedPredicate.describe("mutable", HouseStyleTest::mutable));

    @ArchTest
    static void everyPackageForbidsNulls(JavaClasses espalier) {
        Set<JavaPackage> packages = espalier.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        assertThat(packages)
                .hasSizeGreaterThan(7)
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as(room.getName() + " is @NullMarked in its package-info.java")
                        .isTrue());
    }

    /** Concrete collections invite writing; the interfaces are what List.of and Map.of return. */
    private static boolean mutable(JavaClass type) {
        boolean concreteCollection =
                !type.isInterface() && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
        return concreteCollection
                || type.isAssignableTo(AtomicBoolean.class)
                || type.isAssignableTo(AtomicInteger.class)
                || type.isAssignableTo(AtomicLong.class)
                || type.isAssignableTo(AtomicReference.class)
                || type.isAssignableTo(StringBuilder.class);
    }
}
