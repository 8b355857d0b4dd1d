package org.espalier.srpo.group;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.espalier.core.InputException;

/**
 * The first words on a connection: who comes, and that it knows the secret, which itself is never sent.
 *
 * @param secret that all processes of the group know
 */
record Handshake(Optional<String> secret) {
    /** Of what a connection is for. */
    enum Use {
        CONTROL,
        DATA
    }

    /**
     * Who is at the other end.
     *
     * @param where its process and machine, for people
     */
    record Hello(Use use, int rank, int size, String where) {}

    private static final int MAGIC = 0x45535031;
    private static final int NONCE = 16;
    private static final String ALGORITHM = "HmacSHA256";
    /** A stranger that says nothing must not keep the others waiting. */
    private static final Duration OF_THE_FIRST = Duration.ofSeconds(5);

    private static final Duration OF_THE_OTHERS = Duration.ofSeconds(30);

    /**
     * Introduces this process to the first.
     *
     * @throws InputException if it does not take it
     * @throws IOException if that is not the first process of a group
     */
    void introduce(Socket socket, Hello hello) throws IOException {
        socket.setSoTimeout((int) OF_THE_OTHERS.toMillis());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        if (in.readInt() != MAGIC) {
            throw new IOException("something else than a training of Espalier answers");
        }
        byte[] nonce = in.readNBytes(NONCE);
        out.writeByte(hello.use().ordinal());
        out.writeInt(hello.rank());
        out.writeInt(hello.size());
        out.writeUTF(hello.where());
        out.write(proof(nonce, hello));
        out.flush();
        String refusal = in.readUTF();
        if (!refusal.isEmpty()) {
            throw new InputException(refusal);
        }
        socket.setSoTimeout(0);
    }

    /** Hears who comes. @throws IOException if it is no process of the group */
    Hello hear(Socket socket) throws IOException {
        socket.setSoTimeout((int) OF_THE_FIRST.toMillis());
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(MAGIC);
        out.write(nonce);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int use = in.readUnsignedByte();
        Hello hello = new Hello(use == 0 ? Use.CONTROL : Use.DATA, in.readInt(), in.readInt(), in.readUTF());
        byte[] proof = in.readNBytes(proof(nonce, hello).length);
        if (use > 1 || !MessageDigest.isEqual(proof, proof(nonce, hello))) {
            answer(socket, "the process of rank 0 knows another " + Membership.SECRET + " than this one");
            throw new IOException("a stranger");
        }
        return hello;
    }

    /** Takes it, or says why not. */
    static void answer(Socket socket, String refusal) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeUTF(refusal);
        out.flush();
        socket.setSoTimeout(0);
    }

    private byte[] proof(byte[] nonce, Hello hello) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(("group " + secret.orElse("")).getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(nonce);
            mac.update(ByteBuffer.allocate(12)
                    .putInt(hello.use().ordinal())
                    .putInt(hello.rank())
                    .putInt(hello.size())
                    .flip());
            return mac.doFinal(hello.where().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
