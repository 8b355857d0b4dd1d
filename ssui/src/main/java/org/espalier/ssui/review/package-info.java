/** Manual revision: drafts, what people changed in them, what they decided, and how far they agree. */
@NullMarked
package org.espalier.ssui.review;

import org.jspecify.annotations.NullMarked;
