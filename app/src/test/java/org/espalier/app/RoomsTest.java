package org.espalier.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;

/** Which room sees which: ARCHITECTURE.md, "Rooms". */
@AnalyzeClasses(packages = "org.espalier", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule coreSeesTheJdkAndJsonOnly = classes()
            .that()
            .resideInAPackage("org.espalier.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.espalier.core..",
                    "java..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule pictureSeesCore = sees("picture", "core");

    @ArchTest
    static final ArchRule tensorSeesCore = sees("tensor", "core");

    @ArchTest
    static final ArchRule modelSeesCorePictureAndTensor = sees("model", "core", "picture", "tensor");

    @ArchTest
    static final ArchRule srpoSeesCorePictureModelAndTensor = sees("srpo", "core", "picture", "model", "tensor");

    @ArchTest
    static final ArchRule verifySeesWhatItCompares = sees("verify", "core", "tensor", "model", "srpo");

    @ArchTest
    static final ArchRule benchSeesCore = sees("bench", "core");

    @ArchTest
    static final ArchRule greenhouseSeesCorePictureModelAndSrpo =
            sees("greenhouse", "core", "picture", "model", "srpo");

    @ArchTest
    static final ArchRule storeSeesCore = sees("store", "core");

    @ArchTest
    static final ArchRule endpointSeesCorePictureAndStore = sees("endpoint", "core", "picture", "store");

    @ArchTest
    static final ArchRule ssuiSeesCorePictureStoreAndEndpoint = sees("ssui", "core", "picture", "store", "endpoint");

    @ArchTest
    static final ArchRule reportSeesCorePictureAndBench = sees("report", "core", "picture", "bench");

    @ArchTest
    static final ArchRule studioSeesWhatItShows = sees("studio", "core", "picture", "store", "ssui", "bench", "report");

    @ArchTest
    static final ArchRule nobodySeesApp = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.espalier.app..");

    @ArchTest
    static final ArchRule libtorchIsTouchedInFourRooms = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.espalier.tensor..", "org.espalier.model..", "org.espalier.srpo..", "org.espalier.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule decodersAreThePictureRoomsOwn = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.picture..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.espalier.picture.internal..");

    @ArchTest
    static final ArchRule packagesDependInOneDirection =
            slices().matching("org.espalier.(**)").should().beFreeOfCycles();

    @ArchTest
    static void everyRoomIsLookedAt(JavaClasses espalier) {
        assertThat(espalier)
                .extracting(type -> type.getPackageName().replaceFirst("^(org\\.espalier\\.\\w+).*", "$1"))
                .contains(
                        "org.espalier.core",
                        "org.espalier.picture",
                        "org.espalier.tensor",
                        "org.espalier.model",
                        "org.espalier.srpo",
                        "org.espalier.verify",
                        "org.espalier.bench",
                        "org.espalier.greenhouse",
                        "org.espalier.app");
    }

    private static ArchRule sees(String room, String... others) {
        List<String> packages = new ArrayList<>(List.of("org.espalier." + room + ".."));
        for (String other : others) {
            packages.add("org.espalier." + other + "..");
        }
        ArchRule rule = classes()
                .that()
                .resideInAPackage("org.espalier." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.espalier..")
                        .or(resideInAnyPackage(packages.toArray(new String[0]))));
        return CompositeArchRule.of(rule)
                .as(room + " sees " + String.join(", ", others) + " of our rooms, and no other");
    }
}
