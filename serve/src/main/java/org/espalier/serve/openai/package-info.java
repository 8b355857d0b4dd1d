/**
 * OpenAI's chat completions as they stand on the wire: requests are read strictly, so that nothing that would change an
 * answer is passed over, and answers, chunks and errors are written.
 */
@NullMarked
package org.espalier.serve.openai;

import org.jspecify.annotations.NullMarked;
