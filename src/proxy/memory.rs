//! The allocator's memory.

/// Gives what this thread has freed back to the system, at once and not when the allocator next
/// looks for it.
pub fn give_back() {
    // SAFETY: it takes no pointers, and any thread may call it at any time.
    #[allow(unsafe_code)]
    unsafe {
        libmimalloc_sys::mi_collect(true);
    }
}
