/** What work takes of a model in this process, from its shape. */
@NullMarked
package org.espalier.workflow.internal;

import org.jspecify.annotations.NullMarked;
