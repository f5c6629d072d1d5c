package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a value that is never held as a whole. */
final class HashedJson implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final MessageDigest digest = newDigest();
    private final JsonGenerator out;

    HashedJson() throws IOException {
        this.out = JSON.createGenerator(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }

    /** Reads the value at the parser to its end. */
    void copy(JsonParser parser) throws IOException {
        out.copyCurrentStructure(parser);
    }

    Hash hash() throws IOException {
        out.flush();
        return new Hash(digest.digest());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
