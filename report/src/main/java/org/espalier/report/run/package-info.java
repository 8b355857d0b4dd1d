/** The folders of runs as the report needs them: explorations, trainings, benchmarks. */
@NullMarked
package org.espalier.report.run;

import org.jspecify.annotations.NullMarked;
