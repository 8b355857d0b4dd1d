/** What work takes of a model in this process, from its shape, and work that is done side by side. */
@NullMarked
package org.espalier.workflow.internal;

import org.jspecify.annotations.NullMarked;
