package io.zeroui.runtime.tenancy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a database and lets its answers through only when the client has been silent for a while: each release is
 * one round trip, because the client sent all it would send without an answer.
 */
final class RoundTripProxy implements AutoCloseable {

    private static final int SILENCE_MILLIS = 120;
    private static final long SILENCE_NANOS = SILENCE_MILLIS * 1_000_000L;

    private final ServerSocket server;
    private final int databasePort;
    private final AtomicLong roundTrips = new AtomicLong();
    private volatile long lastHeard = System.nanoTime();

    RoundTripProxy(int databasePort) throws IOException {
        this.databasePort = databasePort;
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long roundTrips() {
        return roundTrips.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
                client.setTcpNoDelay(true);
                database.setTcpNoDelay(true);
                daemon(() -> forward(client, database));
                daemon(() -> hold(database, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void forward(Socket client, Socket database) {
        try (client; database) {
            InputStream in = client.getInputStream();
            OutputStream out = database.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                lastHeard = System.nanoTime();
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // the connection is over
        }
    }

    private void hold(Socket database, Socket client) {
        try {
            database.setSoTimeout(SILENCE_MILLIS / 8);
            InputStream in = database.getInputStream();
            ByteArrayOutputStream held = new ByteArrayOutputStream();
            byte[] bytes = new byte[8192];
            while (true) {
                int read = 0;
                try {
                    read = in.read(bytes);
                } catch (SocketTimeoutException e) {
                    // nothing new
                }
                if (read < 0) {
                    client.close();
                    return;
                }
                held.write(bytes, 0, read);
                if (held.size() > 0 && System.nanoTime() - lastHeard > SILENCE_NANOS) {
                    roundTrips.incrementAndGet();
                    client.getOutputStream().write(held.toByteArray());
                    held.reset();
                }
            }
        } catch (IOException e) {
            // the connection is over
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "round-trip-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
