/** The demonstration's table measured once more, as callers of a server would measure it. */
@NullMarked
package org.espalier.lab.demo;

import org.jspecify.annotations.NullMarked;
