/** Safety-aware reasoning path optimization: exploration (Eq. 1-4), objectives (Eq. 5-9) and the trainer. */
@NullMarked
package org.espalier.srpo;

import org.jspecify.annotations.NullMarked;
