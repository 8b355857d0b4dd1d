/**
 * Reading other people's files as they are: CSV with or without byte order mark and header, JSON, pictures whose names
 * differ from what the data say.
 */
@NullMarked
package org.espalier.bench.internal;

import org.jspecify.annotations.NullMarked;
