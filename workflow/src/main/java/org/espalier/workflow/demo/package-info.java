/** The whole method in a row on the greenhouse. */
@NullMarked
package org.espalier.workflow.demo;

import org.jspecify.annotations.NullMarked;
