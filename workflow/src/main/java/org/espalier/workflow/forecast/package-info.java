/** What work takes of a model in this process, from its shape. */
@NullMarked
package org.espalier.workflow.forecast;

import org.jspecify.annotations.NullMarked;
