package io.zeroui.tenant.evidence.chain;

import io.zeroui.contracts.receipts.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One receipt's place in its hash chain.
 *
 * @param chain the chain
 * @param position from 1
 * @param hash SHA-256 of the stored line; 32 zero bytes when the receipt is erased
 * @param commitment to the stored line, salted, as the log has it; for a row of an older version {@code hash}
 * @param prevHash {@code hash} of the predecessor; 32 zero bytes at position 1
 * @param chainHash SHA-256(0x01 ‖ {@code chainHash} of the predecessor, or 32 zero bytes ‖ {@code commitment}): it commits to
 *        every line of the chain up to this one, and stays when one of them is erased, without telling anything of it
 */
public record ChainLink(ChainId chain, long position, Hash hash, Hash commitment, Hash prevHash, Hash chainHash) {

    private static final byte LINK_PREFIX = 0x01;

    /** The first link of a chain. */
    public static ChainLink first(ChainId chain, Hash hash, Hash commitment) {
        return new ChainLink(chain, 1, hash, commitment, Hash.ZERO, commit(Hash.ZERO, commitment));
    }

    /** The link that follows this one. */
    public ChainLink next(Hash line, Hash lineCommitment) {
        return new ChainLink(chain, position + 1, line, lineCommitment, hash, commit(chainHash, lineCommitment));
    }

    /** Whether this link is the first of its chain and its hashes agree. */
    public boolean isValidFirst() {
        return equals(first(chain, hash, commitment));
    }

    /**
     * Whether this link is the one that follows {@code predecessor}, and its hashes agree. Of an erased predecessor only the
     * chain hash is compared: this link may have been read before the erasure.
     */
    public boolean isValidAfter(ChainLink predecessor) {
        boolean isErased = predecessor.hash().equals(Hash.ZERO);
        ChainLink link = isErased ? new ChainLink(chain, position, hash, commitment, Hash.ZERO, chainHash) : this;
        return link.equals(predecessor.next(hash, commitment));
    }

    private static Hash commit(Hash previous, Hash commitment) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LINK_PREFIX);
            digest.update(previous.bytes());
            digest.update(commitment.bytes());
            return new Hash(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
