//! </td></tr></table></details><script>window.harmed = 1</script>
/* 日本語 👩‍💻 é ‮ turned */
fn <img src=x onerror="window.harmed = 1">() {
    let a = "</code><svg onload=window.harmed=1>";
}
