#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(target) = ram_policy_fuzzed::target("format") {
        target.run(bytes);
    }
});
