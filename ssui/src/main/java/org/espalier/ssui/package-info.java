/** The SSUI dataset builder: intake, agents, review, export. */
@NullMarked
package org.espalier.ssui;

import org.jspecify.annotations.NullMarked;
