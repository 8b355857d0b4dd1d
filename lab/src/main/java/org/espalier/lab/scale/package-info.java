/** What plans for many machines are made from, measured in small. */
@NullMarked
package org.espalier.lab.scale;

import org.jspecify.annotations.NullMarked;
