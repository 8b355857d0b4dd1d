/** Work on data, group by group: in this process, or wherever somebody else does it. */
@NullMarked
package org.espalier.core.work;

import org.jspecify.annotations.NullMarked;
