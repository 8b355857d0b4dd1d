/**
 * From lists of pictures to a pool: sampling, limits, de-duplication, verification of each picture alone. The same
 * command resumes.
 */
@NullMarked
package org.espalier.ssui.intake;

import org.jspecify.annotations.NullMarked;
