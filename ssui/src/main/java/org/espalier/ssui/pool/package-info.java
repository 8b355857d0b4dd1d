/**
 * Pictures that may be built on: {@code pool.jsonl} and its folder of pictures, with licence, source and verdict of
 * each.
 */
@NullMarked
package org.espalier.ssui.pool;

import org.jspecify.annotations.NullMarked;
