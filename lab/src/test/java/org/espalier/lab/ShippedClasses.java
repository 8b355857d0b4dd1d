package org.espalier.lab;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, those in the test jar of another room too. */
final class ShippedClasses implements ImportOption {
    private final ImportOption noTestFolder = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return noTestFolder.includes(location) && !location.contains("-tests.jar");
    }
}
