/**
 * The build: every picture of a pool through all agents into drafts. What a sample becomes depends on the seed, its
 * picture and the answers alone, so that an interrupted build ends as an uninterrupted one.
 */
@NullMarked
package org.espalier.ssui.build;

import org.jspecify.annotations.NullMarked;
