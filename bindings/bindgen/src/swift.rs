//! Writes Swift bindings: `uniffi-bindgen-swift --swift-sources LIBRARY DIR`.

fn main() {
    uniffi::uniffi_bindgen_swift();
}
