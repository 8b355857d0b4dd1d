package org.espalier.app.config;

/**
 * A setting as the command line takes it.
 *
 * @param name without the dashes
 * @param placeholder what stands for the value in {@code --help}
 */
public record Flag(String name, String placeholder, String help) {}
