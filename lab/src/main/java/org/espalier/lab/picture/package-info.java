/** What it costs to decode pictures. */
@NullMarked
package org.espalier.lab.picture;

import org.jspecify.annotations.NullMarked;
