package org.espalier.core;

import java.nio.file.Path;

/** Q: an image-text pair, each half harmless by itself. {@code image} is a readable file. */
public record Question(String id, Path image, String query) {}
