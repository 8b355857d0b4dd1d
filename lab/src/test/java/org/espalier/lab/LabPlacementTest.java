package org.espalier.lab;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import org.espalier.tensor.check.PlacementRules;

/** No class of this room makes, moves or reads a tensor but through a placement. */
@AnalyzeClasses(packages = "org.espalier.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class LabPlacementTest {
    @ArchTest
    static final ArchTests RULES = ArchTests.in(PlacementRules.class);
}
