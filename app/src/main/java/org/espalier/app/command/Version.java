package org.espalier.app.command;

import picocli.CommandLine.IVersionProvider;

/** Espalier's version, as the jar states it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Espalier " + number() + ", Java " + Runtime.version()};
    }

    /** The version number; {@code unpackaged} where Espalier runs from class folders. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
