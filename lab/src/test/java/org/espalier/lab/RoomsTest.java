package org.espalier.lab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;

/** Which room sees which: ARCHITECTURE.md, "Rooms". */
@AnalyzeClasses(packages = "org.espalier", importOptions = ShippedClasses.class)
class RoomsTest {
    @ArchTest
    static final ArchRule coreSeesTheJdkJsonAndYamlOnly = classes()
            .that()
            .resideInAPackage("org.espalier.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.espalier.core..",
                    "java..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "org.snakeyaml..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule pictureSeesCore = sees("picture", "core");

    @ArchTest
    static final ArchRule tensorSeesCore = sees("tensor", "core");

    @ArchTest
    static final ArchRule modelSeesCorePictureAndTensor = sees("model", "core", "picture", "tensor");

    @ArchTest
    static final ArchRule serveSeesCorePictureModelAndTensor = sees("serve", "core", "picture", "model", "tensor");

    @ArchTest
    static final ArchRule srpoSeesCorePictureModelAndTensor = sees("srpo", "core", "picture", "model", "tensor");

    @ArchTest
    static final ArchRule verifySeesWhatItCompares = sees("verify", "core", "tensor", "model", "srpo");

    @ArchTest
    static final ArchRule benchSeesCore = sees("bench", "core");

    @ArchTest
    static final ArchRule greenhouseSeesCorePictureModelSrpoAndServe =
            sees("greenhouse", "core", "picture", "model", "srpo", "serve");

    @ArchTest
    static final ArchRule storeSeesCore = sees("store", "core");

    @ArchTest
    static final ArchRule endpointSeesCorePictureAndStore = sees("endpoint", "core", "picture", "store");

    @ArchTest
    static final ArchRule hubSeesCore = sees("hub", "core");

    @ArchTest
    static final ArchRule ssuiSeesCorePictureStoreAndEndpoint = sees("ssui", "core", "picture", "store", "endpoint");

    @ArchTest
    static final ArchRule reportSeesCorePictureAndBench = sees("report", "core", "picture", "bench");

    @ArchTest
    static final ArchRule clusterSeesCore = sees("cluster", "core");

    @ArchTest
    static final ArchRule sparkIsTouchedInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..");

    @ArchTest
    static final ArchRule studioSeesWhatItShows = sees("studio", "core", "picture", "store", "ssui", "bench", "report");

    @ArchTest
    static final ArchRule workflowSeesAllRoomsBelow = sees(
            "workflow",
            "core",
            "picture",
            "tensor",
            "model",
            "srpo",
            "bench",
            "greenhouse",
            "store",
            "endpoint",
            "hub",
            "ssui",
            "report",
            "studio",
            "serve");

    @ArchTest
    static final ArchRule workflowPrintsNothing = noClasses()
            .that()
            .resideInAPackage("org.espalier.workflow..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule onlyLabSeesApp = noClasses()
            .that()
            .resideOutsideOfPackages("org.espalier.app..", "org.espalier.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.espalier.app..");

    @ArchTest
    static final ArchRule nobodySeesLab = noClasses()
            .that()
            .resideOutsideOfPackage("org.espalier.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.espalier.lab..");

    @ArchTest
    static final ArchRule libtorchIsTouchedInFiveRooms = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.espalier.tensor..",
                    "org.espalier.model..",
                    "org.espalier.srpo..",
                    "org.espalier.verify..",
                    "org.espalier.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    /** What is no API, so that it may change: an {@code internal} package of a room is seen by that room, and by lab. */
    @ArchTest
    static final ArchRule internalPackagesAreTheirRoomsOwn = classes()
            .that()
            .resideOutsideOfPackage("org.espalier.lab..")
            .should(new ArchCondition<>("depend on no other room's internal package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        String seen = dependency.getTargetClass().getPackageName();
                        if (seen.matches("org\\.espalier\\.\\w+\\.internal(\\..*)?")
                                && !room(seen).equals(room(type.getPackageName()))) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });

    private static String room(String packageName) {
        return packageName.replaceFirst("^(org\\.espalier\\.\\w+).*", "$1");
    }

    @ArchTest
    static final ArchRule packagesDependInOneDirection =
            slices().matching("org.espalier.(**)").should().beFreeOfCycles();

    @ArchTest
    static void everyRoomIsLookedAt(JavaClasses espalier) {
        assertThat(espalier)
                .extracting(type -> room(type.getPackageName()))
                .contains(
                        "org.espalier.core",
                        "org.espalier.picture",
                        "org.espalier.tensor",
                        "org.espalier.model",
                        "org.espalier.serve",
                        "org.espalier.srpo",
                        "org.espalier.verify",
                        "org.espalier.bench",
                        "org.espalier.greenhouse",
                        "org.espalier.cluster",
                        "org.espalier.workflow",
                        "org.espalier.app",
                        "org.espalier.lab");
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
