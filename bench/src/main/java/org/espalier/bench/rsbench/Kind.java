package org.espalier.bench.rsbench;

import java.util.Optional;
import org.espalier.core.Risk;

/** What slices tell questions apart by. */
record Kind(Risk risk, Optional<String> split, String category) {}
