package io.zeroui.runtime.bodies;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Answers 413 to a body that turns out to be too long while an endpoint's reader reads it. */
@Provider
public class LongBodies implements ReaderInterceptor {

    private static final int TOO_LARGE = 413;

    private final Instance<BodyConfig> config;

    /** The configuration is there after this has been made. */
    LongBodies(Instance<BodyConfig> config) {
        this.config = config;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        long most = config.get().maxBytes();
        Counted counted = new Counted(context.getInputStream(), most);
        context.setInputStream(counted);
        try {
            return context.proceed();
        } catch (IOException | RuntimeException e) {
            if (counted.left < 0) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A body has at most " + most + " bytes",
                        Map.of("reason", "TOO_LARGE"));
            }
            throw e;
        }
    }

    /** Fails once more bytes were read than there may be. */
    private static final class Counted extends FilterInputStream {

        private long left;

        private Counted(InputStream body, long most) {
            super(body);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        /** Readers close their stream, and closing the framework's reads all that is left of the body. */
        @Override
        public void close() {
            // what nobody has read is dropped when the answer is there
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("the body is too long");
            }
        }
    }
}
