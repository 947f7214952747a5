//! What lies on the officer's desk: bytes to sign, with the signatures that others gave already.

use campanile_core::trust::{
    ItemKind, Refusal, SignatureBytes, SignedItem, SigningKey, assemble, sign_payload,
};

/// Why drafts cannot be joined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Signatures over other bytes.
    #[error("the files do not sign the same bytes: '{first}' and '{other}' differ")]
    NotTheSameBytes {
        /// The file compared with.
        first: String,
        /// The one that differs.
        other: String,
    },
    /// The bytes cannot be read, or the result would be too long.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Bytes to sign and the signatures given so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What the payload is.
    pub kind: ItemKind,
    /// The very bytes that are signed.
    pub payload: Vec<u8>,
    /// Signatures given so far.
    pub signatures: Vec<SignatureBytes>,
}

impl Draft {
    /// A file from the desk: an item with some signatures, or else the payload of an item of `kind`.
    pub fn read(bytes: &[u8], kind: ItemKind) -> Self {
        match SignedItem::decode(bytes) {
            Ok(item) => Self { kind: item.kind, signatures: item.signatures(), payload: item.payload },
            Err(_) => Self { kind, payload: bytes.to_vec(), signatures: Vec::new() },
        }
    }

    /// Adds the signature of `key` over the very bytes.
    pub fn sign(&mut self, key: &SigningKey) {
        let id = key.id();
        self.signatures.retain(|signature| signature.key != id);
        self.signatures.push(sign_payload(self.kind, &self.payload, key));
    }

    /// The item with the signatures given so far.
    pub fn to_item(&self) -> Result<Vec<u8>, Refusal> {
        assemble(self.kind, self.payload.clone(), self.signatures.clone())
    }
}

/// One item with all signatures of `drafts`, which must be over the same bytes. Each comes with its file's name.
pub fn join(drafts: Vec<(String, Draft)>) -> Result<Vec<u8>, DraftError> {
    let mut drafts = drafts.into_iter();
    let Some((first, mut whole)) = drafts.next() else { return Err(Refusal::NotSigned.into()) };
    for (other, draft) in drafts {
        if (draft.kind, &draft.payload) != (whole.kind, &whole.payload) {
            return Err(DraftError::NotTheSameBytes { first, other });
        }
        for signature in draft.signatures {
            if !whole.signatures.contains(&signature) {
                whole.signatures.push(signature);
            }
        }
    }
    if whole.signatures.is_empty() {
        return Err(Refusal::NotSigned.into());
    }
    Ok(whole.to_item()?)
}
