package io.zeroui.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A POST on a plain socket with chunked coding both ways: sent and answered at the pace of the test. */
public final class ChunkedRequest implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;
    private volatile long sent;
    private long seen = -1;
    private boolean headRead;

    /** Sends the head, as the administrator. */
    public ChunkedRequest(int port, String path, String... headers) throws IOException {
        socket = new Socket("127.0.0.1", port);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        out.write(BadInput.utf8("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + TestCredentials.authorization()
                + "\r\n" + more + "Transfer-Encoding: chunked\r\n\r\n"));
        out.flush();
    }

    /** Bytes that the operating system may keep of what is sent. */
    public void sendBuffer(int bytes) throws IOException {
        socket.setSendBufferSize(bytes);
    }

    /** Sends one chunk. */
    public void send(byte[] bytes) throws IOException {
        out.write(BadInput.concat(BadInput.utf8(Integer.toHexString(bytes.length) + "\r\n"), bytes, BadInput.utf8("\r\n")));
        out.flush();
        sent += bytes.length;
    }

    /** Ends the body. */
    public void end() throws IOException {
        out.write(BadInput.utf8("0\r\n\r\n"));
        out.flush();
    }

    /** Whether nothing could be sent since this was asked before. */
    public boolean stoodStill() {
        boolean still = sent > 0 && sent == seen;
        seen = sent;
        return still;
    }

    /** The next line of the answer that is not empty. */
    public String nextLine() throws IOException {
        String line = in.readLine();
        while (line != null && line.isEmpty()) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    /**
     * The next line of the answer's body that is a JSON object.
     *
     * @throws IllegalStateException when the answer is not 200 or has ended
     */
    public String nextObject() throws IOException {
        if (!headRead) {
            String status = nextLine();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("answered " + status);
            }
            String header = in.readLine();
            while (header != null && !header.isEmpty()) {
                header = in.readLine();
            }
            headRead = true;
        }
        String line = nextLine();
        while (!line.startsWith("{")) {
            if (line.equals("null")) {
                throw new IllegalStateException("the answer has ended");
            }
            line = nextLine();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
