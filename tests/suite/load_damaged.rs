//! Spreadsheets whose bytes were changed: whatever is in them, they are read or refused in words, and take no more room than they need.

use std::path::Path;

use overens::load::spreadsheet::{self, Most, Refused};

use super::load_sheets::refused;

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_workbook_in_which_its_reader_breaks_off_is_refused_in_words() {
    let (message, help) = refused(&file("cases/tables/damaged.xls"), None);
    assert!(message.contains("it is damaged"), "{message}");
    assert!(help.contains("save it as `.xlsx`"), "{help}");
    // And so it is where its sheets are listed.
    assert!(spreadsheet::sheets(&file("cases/tables/damaged.xls"), u64::MAX).is_err());
}

#[test]
fn a_cell_far_from_the_others_is_told_before_there_is_room_for_all_between_them() {
    let (message, help) = refused(&file("cases/tables/stray.xls"), None);
    assert!(message.contains("cell IV65536 is so far from the others"), "{message}");
    assert!(message.contains("16777216 cells, of which 5 have something"), "{message}");
    assert!(help.contains("save it as `.xlsx`"), "{help}");
}

#[test]
fn changed_bytes_of_a_workbook_are_read_or_refused() {
    // A plain generator, so that each run changes the same bytes.
    let mut state = 20_151_231_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let most = Most { bytes: 64 << 20, ..Most::default() };
    for name in ["samples/older.xls", "samples/hidden.xls", "samples/hidden_and_formulas.ods", "samples/register.xlsx"]
    {
        let sound = file(name);
        for _ in 0..60 {
            let mut bytes = sound.clone();
            if next(6) == 0 {
                bytes.truncate(next(sound.len()));
            }
            for _ in 0..next(12) {
                let at = next(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = [0, 255, u8::try_from(next(256)).unwrap(), *byte ^ (1 << next(8))][next(4)];
                }
            }
            match spreadsheet::read(&bytes, None, most) {
                Ok(_) | Err(Refused::TooLong { .. } | Refused::TooWide { .. } | Refused::LongCell { .. }) => {}
                Err(Refused::Unreadable { message, help }) => assert!(!message.is_empty() && !help.is_empty()),
            }
        }
    }
}
