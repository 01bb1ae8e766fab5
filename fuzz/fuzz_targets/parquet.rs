#![no_main]

libfuzzer_sys::fuzz_target!(init: dechaff_fuzz::leave_guarded_panics(), |bytes: &[u8]| {
    dechaff_fuzz::targets::parquet(bytes);
});
