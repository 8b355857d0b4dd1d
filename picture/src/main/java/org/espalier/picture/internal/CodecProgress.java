package org.espalier.picture.internal;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** How much of an image its codec has read; once the deadline has passed, the codec is told to stop. */
final class CodecProgress implements IIOReadProgressListener {
    private final Deadline deadline;
    private float percent;
    private boolean stopped;

    CodecProgress(Deadline deadline) {
        this.deadline = deadline;
    }

    float percent() {
        return percent;
    }

    /** Whether the codec was told to stop, so that rows are missing. */
    boolean stopped() {
        return stopped;
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        percent = Math.max(percent, percentageDone);
        if (percent < 100 && deadline.passed()) {
            stopped = true;
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
