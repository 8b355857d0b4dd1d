/** What {@code serve} does: opens a model and its adapters, and has them answer callers. */
@NullMarked
package org.espalier.workflow.serve;

import org.jspecify.annotations.NullMarked;
