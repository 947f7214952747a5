//! `COSE_Sign` (RFC 9052 section 4.1) around every item of the public plane.

use coset::{
    CborSerializable, ContentType, CoseSign, CoseSignBuilder, CoseSignature, CoseSignatureBuilder, Header,
    HeaderBuilder, ProtectedHeader, SignatureContext, iana, sig_structure_data,
};

use super::{KeyId, PublicKey, Refusal, SigningKey};

/// How many signatures an item may carry; more are refused before any is checked.
const MAX_SIGNATURES: usize = 8;

/// The kinds of signed items. Content type and `external_aad` differ per kind,
/// so a signature over one kind never passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// An officer's alert, update, cancel, exercise or test.
    Alert,
    /// A bulletin of an official feed, in fixed words.
    Bulletin,
    /// The hourly list of what is in force.
    Head,
    /// The persons, offices and feeds that may sign.
    TrustList,
    /// A removal of keys by two officers.
    Revocation,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Alert, Self::Bulletin, Self::Head, Self::TrustList, Self::Revocation];

    /// The COSE content type of the payload.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Alert => "application/vnd.campanile.alert+cbor",
            Self::Bulletin => "application/vnd.campanile.bulletin+cbor",
            Self::Head => "application/vnd.campanile.head+cbor",
            Self::TrustList => "application/vnd.campanile.trust-list+cbor",
            Self::Revocation => "application/vnd.campanile.revocation+cbor",
        }
    }

    /// The `external_aad` of its signatures.
    pub fn external_aad(self) -> &'static [u8] {
        match self {
            Self::Alert => b"campanile/alert/1",
            Self::Bulletin => b"campanile/bulletin/1",
            Self::Head => b"campanile/head/1",
            Self::TrustList => b"campanile/trust-list/1",
            Self::Revocation => b"campanile/revocation/1",
        }
    }

    /// The longest whole `COSE_Sign`, bytes. What is pushed fits FCM's 4,096 in base64.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Alert | Self::Bulletin => 2_700,
            Self::Head => 16 * 1024,
            Self::Revocation => 8 * 1024,
            Self::TrustList => 64 * 1024,
        }
    }

    fn from_header(header: &Header) -> Option<Self> {
        let Some(ContentType::Text(found)) = &header.content_type else { return None };
        Self::ALL.into_iter().find(|kind| kind.content_type() == found)
    }
}

/// One signature with the key that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBytes {
    /// The key's short id.
    pub key: KeyId,
    /// 64 bytes of Ed25519.
    pub signature: Vec<u8>,
}

/// A decoded item whose signatures have not been judged yet.
#[derive(Debug, Clone)]
pub struct SignedItem {
    /// What the content type says.
    pub kind: ItemKind,
    /// The signed bytes.
    pub payload: Vec<u8>,
    signatures: Vec<(KeyId, CoseSignature)>,
    body_protected: ProtectedHeader,
}

impl SignedItem {
    /// Reads a `COSE_Sign`. The bytes must be the one encoding that [`assemble`] writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        let longest = ItemKind::TrustList.max_bytes();
        if bytes.len() > longest {
            return Err(Refusal::TooLarge { size_bytes: bytes.len(), limit_bytes: longest });
        }
        let cose = CoseSign::from_slice(bytes).map_err(|_cbor| Refusal::malformed("not a COSE_Sign"))?;
        let kind = ItemKind::from_header(&cose.protected.header).ok_or(Refusal::UnknownKind)?;
        if bytes.len() > kind.max_bytes() {
            return Err(Refusal::TooLarge { size_bytes: bytes.len(), limit_bytes: kind.max_bytes() });
        }
        if !cose.unprotected.is_empty() {
            return Err(Refusal::malformed("unprotected header"));
        }
        let payload = cose.payload.ok_or_else(|| Refusal::malformed("no payload"))?;
        if cose.signatures.is_empty() {
            return Err(Refusal::NotSigned);
        }
        if cose.signatures.len() > MAX_SIGNATURES {
            return Err(Refusal::malformed("too many signatures"));
        }
        let mut signatures: Vec<(KeyId, CoseSignature)> = Vec::with_capacity(cose.signatures.len());
        for signature in cose.signatures {
            let header = &signature.protected.header;
            let ed25519 = Some(coset::Algorithm::Assigned(iana::Algorithm::EdDSA));
            if header.alg != ed25519 || !signature.unprotected.is_empty() {
                return Err(Refusal::malformed("signature header"));
            }
            let key = KeyId::from_slice(&header.key_id).ok_or_else(|| Refusal::malformed("key id"))?;
            if signatures.iter().any(|(other, _)| *other == key) {
                return Err(Refusal::malformed("the same key twice"));
            }
            signatures.push((key, signature));
        }
        Ok(Self { kind, payload, signatures, body_protected: cose.protected })
    }

    /// The ids of the keys that signed, in the order of the item.
    pub fn key_ids(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.signatures.iter().map(|(key, _)| *key)
    }

    /// The signatures as bytes, for adding another.
    pub fn signatures(&self) -> Vec<SignatureBytes> {
        self.signatures
            .iter()
            .map(|(key, signature)| SignatureBytes { key: *key, signature: signature.signature.clone() })
            .collect()
    }

    /// Whether the signature of `public` is there and fits the bytes.
    pub fn is_signed_by(&self, public: &PublicKey) -> bool {
        let id = public.id();
        self.signatures.iter().filter(|(key, _)| *key == id).any(|(_, signature)| {
            let signed = sig_structure_data(
                SignatureContext::CoseSignature,
                self.body_protected.clone(),
                Some(signature.protected.clone()),
                self.kind.external_aad(),
                &self.payload,
            );
            public.verifies(&signed, &signature.signature)
        })
    }
}

fn body_header(kind: ItemKind) -> Header {
    HeaderBuilder::new().content_type(kind.content_type().to_owned()).build()
}

fn signature_shell(key: KeyId) -> CoseSignature {
    let header =
        HeaderBuilder::new().algorithm(iana::Algorithm::EdDSA).key_id(key.as_bytes().to_vec()).build();
    CoseSignatureBuilder::new().protected(header).build()
}

/// The signature of `key` over a payload of `kind`.
pub fn sign_payload(kind: ItemKind, payload: &[u8], key: &SigningKey) -> SignatureBytes {
    let body = ProtectedHeader { original_data: None, header: body_header(kind) };
    let shell = signature_shell(key.id());
    let signed = sig_structure_data(
        SignatureContext::CoseSignature,
        body,
        Some(shell.protected),
        kind.external_aad(),
        payload,
    );
    SignatureBytes { key: key.id(), signature: key.sign(&signed) }
}

/// The whole `COSE_Sign` of a payload and its signatures, sorted by key id so that order never changes the bytes.
pub fn assemble(
    kind: ItemKind,
    payload: Vec<u8>,
    mut signatures: Vec<SignatureBytes>,
) -> Result<Vec<u8>, Refusal> {
    signatures.sort_by_key(|signature| signature.key);
    let mut builder = CoseSignBuilder::new().protected(body_header(kind)).payload(payload);
    for SignatureBytes { key, signature } in signatures {
        let mut whole = signature_shell(key);
        whole.signature = signature;
        builder = builder.add_signature(whole);
    }
    let bytes = builder.build().to_vec().map_err(|_cbor| Refusal::malformed("cannot be written"))?;
    if bytes.len() > kind.max_bytes() {
        return Err(Refusal::TooLarge { size_bytes: bytes.len(), limit_bytes: kind.max_bytes() });
    }
    Ok(bytes)
}

/// Signs `payload` with all `keys` and returns the whole `COSE_Sign`.
pub fn sign(kind: ItemKind, payload: Vec<u8>, keys: &[&SigningKey]) -> Result<Vec<u8>, Refusal> {
    let signatures = keys.iter().map(|key| sign_payload(kind, &payload, key)).collect();
    assemble(kind, payload, signatures)
}
