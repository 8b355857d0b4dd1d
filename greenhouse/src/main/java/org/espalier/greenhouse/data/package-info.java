/** Questions of the greenhouse: what is held out, how they are drawn, and the SSUI files they become. */
@NullMarked
package org.espalier.greenhouse.data;

import org.jspecify.annotations.NullMarked;
