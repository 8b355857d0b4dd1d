/** Whether a file of samples is sound: its form, its pictures, its categories, its licences, and no leak between splits. */
@NullMarked
package org.espalier.ssui.check;

import org.jspecify.annotations.NullMarked;
