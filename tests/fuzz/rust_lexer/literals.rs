#!/usr/bin/env run
/// doc
fn f<'a>(x: &'a str) -> char {
	let _ = (b'\'', '\u{1F980}', "a\
		b", r#"c"d"#, br##"e"#"##, c"f", 1..=2, 0x1F_u8, 1.5e-3);
	x.0.1; /* a /* nested */ comment */
	'b'
}
