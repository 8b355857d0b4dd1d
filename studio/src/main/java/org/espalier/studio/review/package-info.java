/** Manual revision in the browser: the list of drafts, one draft with its form, what people did, how far they agree. */
@NullMarked
package org.espalier.studio.review;

import org.jspecify.annotations.NullMarked;
