package org.espalier.core.file;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of this machine, where one call fails: the n-th that opens, writes, cuts, forces, moves, makes or deletes. A
 * write that fails has written half of what it was given.
 */
final class FaultyFiles extends FileSystem {
    private final FileSystem real = FileSystems.getDefault();
    private final Provider provider = new Provider();
    private final int failing;
    private final boolean forGood;
    private final String said;
    private int calls;

    /**
     * @param failing number of the call that fails, from 1
     * @param forGood whether all after it fail too, as when the power goes
     * @param said what the system says
     */
    FaultyFiles(int failing, boolean forGood, String said) {
        this.failing = failing;
        this.forGood = forGood;
        this.said = said;
    }

    /** How many calls there were that can fail. */
    int calls() {
        return calls;
    }

    /** A path of this machine, seen from here. */
    Path path(Path path) {
        return (Path) Proxy.newProxyInstance(
                FaultyFiles.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (self, method, given) -> switch (method.getName()) {
                    case "getFileSystem" -> this;
                    case "hashCode" -> path.hashCode();
                    case "toString" -> path.toString();
                    case "equals" -> given[0] instanceof Path && path.equals(inner(given[0]));
                    case "toFile" -> throw new UnsupportedOperationException("a path of another file system");
                    case "iterator" -> {
                        List<Path> names = new ArrayList<>();
                        path.forEach(name -> names.add(path(name)));
                        yield names.iterator();
                    }
                    case "toAbsolutePath" -> path.isAbsolute() ? self : path(path.toAbsolutePath());
                    default -> {
                        Object[] arguments = given == null ? new Object[0] : given.clone();
                        for (int i = 0; i < arguments.length; i++) {
                            arguments[i] = inner(arguments[i]);
                        }
                        try {
                            Object found = method.invoke(path, arguments);
                            yield found instanceof Path other ? path(other) : found;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    private Object inner(Object given) {
        return given instanceof Path path && path.getFileSystem() == this ? real.getPath(path.toString()) : given;
    }

    private Path own(Path path) {
        return (Path) inner(path);
    }

    private boolean fails() {
        calls++;
        return calls == failing || (forGood && calls > failing);
    }

    private void call() throws IOException {
        if (fails()) {
            throw new IOException(said);
        }
    }

    private final class Channel extends FileChannel {
        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        /** Half of what is left, where this is the call that fails. */
        private boolean halve(ByteBuffer from) {
            if (!fails()) {
                return false;
            }
            from.limit(from.position() + from.remaining() / 2);
            return true;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            boolean fails = halve(from);
            int written = file.write(from);
            if (fails) {
                throw new IOException(said);
            }
            return written;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            boolean fails = halve(from);
            int written = file.write(from, position);
            if (fails) {
                throw new IOException(said);
            }
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            call();
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            call();
            file.force(metaData);
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long place) throws IOException {
            file.position(place);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return file.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Provider extends FileSystemProvider {
        private final FileSystemProvider files = real.provider();

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            if (!options.isEmpty() && !options.equals(Set.of(StandardOpenOption.READ))) {
                call();
            }
            return new Channel(files.newFileChannel(own(path), options, attributes));
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            call();
            files.createDirectory(own(folder), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            call();
            files.delete(own(path));
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            call();
            files.move(own(from), own(to), options);
        }

        @Override
        public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
            call();
            files.setAttribute(own(path), name, value, options);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            DirectoryStream<Path> found = files.newDirectoryStream(own(folder), path -> true);
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    Iterator<Path> inner = found.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return inner.hasNext();
                        }

                        @Override
                        public Path next() {
                            return path(inner.next());
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    found.close();
                }
            };
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) throws IOException {
            call();
            files.copy(own(from), own(to), options);
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return files.isSameFile(own(one), own(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return files.isHidden(own(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return files.getFileStore(own(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            files.checkAccess(own(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return files.getFileAttributeView(own(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return files.readAttributes(own(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
            return files.readAttributes(own(path), names, options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FaultyFiles.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        // The files stay.
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
