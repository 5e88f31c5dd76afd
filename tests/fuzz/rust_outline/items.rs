#![cfg(test)]
use a::{b, c as d};
#[path = "x.rs"]
pub(crate) mod e;
macro_rules! f { ($g:expr) => { fn h() {} } }
cfg_rt! {
    /// doc
    #[test]
    pub async unsafe fn i<const N: usize>() -> J<{ N + 1 }> where K: L<M>, {
        const O: P = { fn q() {} 1 };
        spawn_blocking(move || async { loop { r!(|s, t| s + t) } })
    }
}
unsafe impl<T> U<T> for &mut v::W<T> { type X = Y; }
extern "C" { static mut Z: u8; }
