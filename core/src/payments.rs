//! Notice numbers, QR codes and fines.
