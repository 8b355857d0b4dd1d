package org.espalier.picture.internal.webp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a {@link DecodingProgram} may become when something goes wrong in it, by the word it is started with. */
final class BrokenProgram {
    private BrokenProgram() {}

    public static void main(String[] words) throws Exception {
        DataOutputStream out = new DataOutputStream(System.out);
        if (words[0].equals("does not start")) {
            System.out.println("Error: Could not create\nthe Java Virtual Machine.");
            return;
        }
        FileChannel shared = FileChannel.open(Path.of(words[1]), StandardOpenOption.WRITE);
        System.out.println("a warning of the machine\n" + DecodingProgram.GREETING);
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        if (!words[0].equals("exits in the middle")) {
            in.readByte();
        }
        switch (words[0]) {
            case "hangs" -> Thread.sleep(Long.MAX_VALUE);
            case "exits in the middle" -> in.readInt();
            case "writes rubbish" -> {
                DecodingJob.read(in);
                flood(out, 1);
            }
            case "floods" -> flood(out, Integer.MAX_VALUE);
            case "writes too little" -> {
                DecodingAnswer.begin(out, DecodingJob.read(in).answerLength() - 1);
                DecodingAnswer.block(out);
                Thread.sleep(Long.MAX_VALUE);
            }
            case "writes a reason of its own" -> {
                DecodingJob.read(in);
                DecodingAnswer.reason(out, "is sound\n\u001B[31m");
                Thread.sleep(Long.MAX_VALUE);
            }
            case "goes on talking" -> {
                DecodingAnswer.begin(out, DecodingJob.read(in).answerLength());
                DecodingAnswer.block(out);
                flood(out, 1);
                Thread.sleep(Long.MAX_VALUE);
            }
            case "answers twice" -> {
                int length = DecodingJob.read(in).answerLength();
                ByteArrayOutputStream answers = new ByteArrayOutputStream();
                for (int i = 0; i < 2; i++) {
                    DecodingAnswer.begin(new DataOutputStream(answers), length);
                    DecodingAnswer.block(new DataOutputStream(answers));
                }
                out.write(answers.toByteArray());
                out.flush();
                Thread.sleep(Long.MAX_VALUE);
            }
            case "takes the memory away" -> {
                DecodingAnswer.begin(out, DecodingJob.read(in).answerLength());
                shared.truncate(0);
                DecodingAnswer.block(out);
                Thread.sleep(Long.MAX_VALUE);
            }
            case "tells its surroundings" -> {
                DecodingJob.read(in);
                DecodingAnswer.reason(
                        out, "was decoded where there are " + System.getenv().keySet());
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void flood(DataOutputStream out, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            out.write("rubbish ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
