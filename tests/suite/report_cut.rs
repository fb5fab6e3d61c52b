//! A report that is too long for where it is pasted to.

use std::fmt::Write;

use overens::render::cut::Cut;

fn cut(lines: &[usize], most: usize) -> String {
    let mut out = String::new();
    let mut cut = Cut::new(&mut out, most);
    lines.iter().for_each(|long| cut.write_str(&format!("{}\n", "å".repeat(*long))).unwrap());
    cut.end(|there| format!("of {there}\n")).unwrap();
    out
}

#[test]
fn a_text_with_the_word_on_its_rest_is_no_longer_than_its_place_takes() {
    for lines in
        [vec![99; 30], vec![1998, 0, 1], vec![999, 999, 1], vec![1500, 480, 30], vec![3000], vec![10, 3000, 10]]
    {
        let there: usize = lines.iter().map(|long| long + 1).sum();
        let text = cut(&lines, 2000);
        assert!(text.chars().count() <= 2000, "{lines:?}: {}", text.chars().count());
        assert_eq!(text.ends_with(&format!("of {there}\n")), there > 2000, "{lines:?}");
    }
    // Where all of it fits, nothing is added.
    assert_eq!(cut(&[999, 999], 2000).chars().count(), 2000);
}
