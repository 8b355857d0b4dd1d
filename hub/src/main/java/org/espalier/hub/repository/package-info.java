/** What there is on a hub, and which hub: repositories, their versions and files, its address and whom it knows us as. */
@NullMarked
package org.espalier.hub.repository;

import org.jspecify.annotations.NullMarked;
