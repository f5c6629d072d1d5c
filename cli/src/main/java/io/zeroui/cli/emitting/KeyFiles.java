package io.zeroui.cli.emitting;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;

/** Private keys in a folder that only its owner can read, public keys in a trust folder. */
final class KeyFiles {

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    KeyFiles(Path folder) {
        this.folder = folder;
    }

    /** The file of a private key. */
    Path file(Kid kid) {
        return folder.resolve(kid.value() + ".key");
    }

    /** The private key, or empty when there is none of that id. */
    Optional<Ed25519PrivateKey> find(Kid kid) {
        Path file = file(kid);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Ed25519PrivateKey.fromPem(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new CliFailure("the private key " + file + " cannot be read: " + e.getMessage(),
                    "remove the file and try again; receipts are then signed with a new key");
        }
    }

    /**
     * Makes a key and writes its private half.
     *
     * @throws CliFailure when there is one of that id already
     */
    Ed25519PrivateKey create(Kid kid) {
        Ed25519PrivateKey key = Ed25519.newKeyPair().privateKey();
        Path file = file(kid);
        try {
            Files.createDirectories(folder, PRIVATE_FOLDER);
            Files.createFile(file, PRIVATE_FILE);
            Files.writeString(file, key.toPem());
        } catch (FileAlreadyExistsException e) {
            throw new CliFailure("there is a private key for " + kid + " already: " + file, "choose another key id");
        } catch (IOException e) {
            throw new CliFailure("cannot write the private key " + file + ": " + e.getMessage(),
                    "set ZEROUI_STATE to a folder of your own");
        }
        return key;
    }

    /**
     * Makes a public key known. The same key again changes nothing.
     *
     * @param trusted the file {@code {kid}.pem} in a trust folder
     * @throws CliFailure when another key has that id, or the folder cannot be written
     */
    static void register(Path trusted, Ed25519PublicKey key) {
        if (!isFree(trusted, key)) {
            throw new CliFailure("another key has this id already: " + trusted,
                    "choose another key id; a key that was trusted once is never replaced");
        }
        try {
            Files.createDirectories(trusted.getParent());
            Path temporary = Files.createTempFile(trusted.getParent(), ".", ".new");
            Files.writeString(temporary, SpkiPem.write(key));
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, trusted, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CliFailure("cannot write the public key " + trusted + ": " + e.getMessage(),
                    "run this as the user who owns ZU_ROOT");
        }
    }

    /** Whether the file is not there, or has this very key. */
    static boolean isFree(Path trusted, Ed25519PublicKey key) {
        try {
            return !Files.exists(trusted) || SpkiPem.read(Files.readString(trusted)).equals(key);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
