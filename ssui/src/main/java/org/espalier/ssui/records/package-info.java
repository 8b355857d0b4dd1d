/** Records of published datasets, read as drafts with their pictures. */
@NullMarked
package org.espalier.ssui.records;

import org.jspecify.annotations.NullMarked;
