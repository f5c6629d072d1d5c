package io.zeroui.cli.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents and the private keys that sign them; a key stays on this machine. */
final class SigningFiles {

    private static final JsonLimits LIMITS = new JsonLimits(131_072, 16, 4_096, 32, 4_096);

    private SigningFiles() {
    }

    /** A document. */
    static ObjectNode document(Path file) {
        try {
            return StrictJson.parseDocument(Files.readAllBytes(file), LIMITS);
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getClass().getSimpleName(), "name a file with a document");
        } catch (InvalidJson e) {
            throw new CliFailure(file + " is not a JSON object: " + e.getMessage(), "jq . " + file + " says where");
        }
    }

    /** A private key, PKCS #8 in PEM. */
    static Ed25519PrivateKey key(Path file) {
        try {
            return Ed25519PrivateKey.fromPem(Files.readString(file));
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getClass().getSimpleName(), "openssl genpkey -algorithm ed25519 -out " + file);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(file + " is no Ed25519 private key in PEM", "openssl genpkey -algorithm ed25519 -out KEY.pem");
        }
    }

    /** The document with the key's signature. */
    static ObjectNode sign(ObjectNode document, Ed25519PrivateKey key) {
        ObjectNode signed = document.deepCopy();
        signed.put(DocumentSigner.MEMBER, DocumentSigner.signature(document, RulingsCodec.kid(key.publicKey()), key).format());
        return signed;
    }
}
