package io.zeroui.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A request on a plain socket, whose body comes at any pace and length; what is answered may be read at any time. */
public final class RawUpload implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

    private final Socket socket;
    private final AtomicLong sent = new AtomicLong();
    private final boolean chunked;

    /** Sends the head. */
    public RawUpload(int port, String head, boolean chunked) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
        this.chunked = chunked;
        socket.setSoTimeout(PATIENCE_MILLIS);
        write(BadInput.utf8(head + "\r\n\r\n"));
    }

    /** A POST with a body of that length, or a chunked one. */
    public static RawUpload post(int port, String path, String headers, boolean chunked, long length) throws IOException {
        return new RawUpload(port, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"
                + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length), chunked);
    }

    /** Sends a part of the body. */
    public void send(byte[] bytes) throws IOException {
        write(chunked ? BadInput.concat(BadInput.utf8(Integer.toHexString(bytes.length) + "\r\n"), bytes, BadInput.utf8("\r\n"))
                : bytes);
        sent.addAndGet(bytes.length);
    }

    /** Sends bytes beside the protocol. */
    public void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Sends so many blocks from a thread of its own, until nobody takes them any more. */
    public Thread flood(byte[] block, long blocks) {
        Thread thread = new Thread(() -> {
            try {
                for (long i = 0; i < blocks; i++) {
                    send(block);
                }
            } catch (IOException cutOff) {
                return;
            }
        }, "flood");
        thread.start();
        return thread;
    }

    /** Bytes of the body that the operating system took. */
    public long sent() {
        return sent.get();
    }

    /** All that is answered until the connection ends; what came before, when it ends hard. */
    public String answer() {
        StringBuilder text = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            byte[] block = new byte[8_192];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                text.append(new String(block, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("the connection was not ended; answered so far: " + text, e);
        } catch (IOException reset) {
            return text.toString();
        }
        return text.toString();
    }

    /** What is answered next, at most some hundred bytes; empty when the connection has ended. */
    public String next() {
        try {
            byte[] block = new byte[512];
            int read = socket.getInputStream().read(block);
            return read < 0 ? "" : new String(block, 0, read, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
