package io.zeroui.bench.vectors;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One connection that stays open as long as the server lets it, over which requests go that were written beforehand: a client that takes hardly any of the two cores from
 * what is measured. Knows as much of HTTP/1.1 as the two servers here answer with. Not thread-safe.
 */
final class HttpConnection implements AutoCloseable {

    private static final int PATIENCE_MS = 300_000;

    private final URI url;
    private Socket socket;
    private InputStream in;

    HttpConnection(URI url) throws IOException {
        this.url = url;
        this.socket = open(url);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }

    private static Socket open(URI url) throws IOException {
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    /** A request as it goes over the wire. */
    static byte[] request(String method, String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    /** The body of the answer; fails unless the answer is one of success. */
    byte[] send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean isChunked = false;
        boolean isLast = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            }
            isChunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            isLast |= lower.startsWith("connection:") && lower.contains("close");
        }
        byte[] body = isChunked ? chunks() : in.readNBytes(length);
        if (isLast) {
            socket.close();
            socket = open(url);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }
        if (status / 100 != 2) {
            throw new IOException("answered " + status + ": " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line().trim(), 16); size > 0; size = Integer.parseInt(line().trim(), 16)) {
            body.writeBytes(in.readNBytes(size));
            endOfChunk();
        }
        endOfChunk();
        return body.toByteArray();
    }

    private void endOfChunk() throws IOException {
        if (!line().isEmpty()) {
            throw new IOException("a chunk does not end where it says");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
