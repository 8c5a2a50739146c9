//! Identifiers nobody can guess.

use leptos::prelude::window;

/// A UUID version 4 (RFC 9562), also on pages without a secure context, where
/// `crypto.randomUUID` is missing.
pub fn uuid() -> String {
    let mut bytes = [0_u8; 16];
    let filled = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // No browser lacks it; were there one, a token must still differ from the last.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}

/// At least 0 and less than 1, for what only has to be spread out.
pub fn fraction() -> f64 {
    js_sys::Math::random()
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::uuid;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn tokens_are_uuids_of_version_4_and_differ() {
        let (one, other) = (uuid(), uuid());
        assert_ne!(one, other);
        let groups: Vec<&str> = one.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{one}");
        assert!(groups[2].starts_with('4'), "{one}");
        assert!("89ab".contains(&groups[3][..1]), "{one}");
    }
}
