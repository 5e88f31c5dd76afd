// a B new T C
pub fn a<T: B>(b: &B, c: Arc<C>) -> T::D { b.a(); c.new(); B::new(a) }
/// C.
pub struct C { b: B }
impl<X> B for C where X: T { fn a(&self) { self.b.a(); Self::new() } }
trait T { fn new(); const C: u8; }
enum B { C(D), E { f: G } }
macro_rules! a { ($x:ty) => { $crate::a::<$x>() } }
use crate::{a as b, C};
mod m { #[test] fn a() { b(); C { b: 1 }; a!() } }
