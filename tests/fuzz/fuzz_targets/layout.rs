#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| overens_fuzz::run("layout", data));
