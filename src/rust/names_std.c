/*
 * Names of std, and of what is like it.
 */
#include "rust/names.h"

/* In scope everywhere: the prelude's names, primitive types, macros of std.
 * Between blanks. */
static const char prelude[] =
	" AsMut AsRef Box Clone Copy Debug Default DoubleEndedIterator Drop "
	"Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator "
	"Hash Into IntoIterator Iterator None Ok Option Ord PartialEq "
	"PartialOrd Result Send Sized Some String Sync ToOwned ToString "
	"TryFrom TryInto Unpin Vec assert assert_eq assert_ne bool cfg char "
	"column compile_error concat dbg debug_assert debug_assert_eq "
	"debug_assert_ne drop env eprint eprintln f32 f64 file format "
	"format_args i128 i16 i32 i64 i8 include include_bytes include_str "
	"isize line matches module_path option_env panic print println str "
	"stringify thread_local todo u128 u16 u32 u64 u8 unimplemented "
	"unreachable usize vec write writeln ";

/* Functions that many types have, std's above all: without the type in front
 * they say nothing of which one is meant. */
static const char common[] =
	" all and_then any append apply as_bytes as_deref as_mut as_path "
	"as_ptr as_ref as_slice as_str borrow borrow_mut build builder bytes "
	"capacity chain chars checked_add checked_sub chunks clear clone "
	"cloned cmp collect compare_exchange concat contains contains_key "
	"copied count default deref deref_mut display downcast_ref drain "
	"drop elapsed ends_with entry enumerate eq err exists expect "
	"expect_err extend extend_from_slice fetch_add fetch_sub filter "
	"filter_map find find_map first flat_map flatten flush fmt fold "
	"for_each from from_iter from_ref from_str from_utf8 get get_mut "
	"get_or_insert_with get_ref hash id index init inner insert inspect "
	"into into_boxed_slice into_inner into_iter is_empty is_err is_none "
	"is_ok is_some is_some_and iter iter_mut join keys kind last len "
	"lines load lock log main map map_err map_or map_or_else max "
	"max_by_key min min_by_key name new new_unchecked next now nth ok "
	"ok_or ok_or_else open or_default or_else or_insert or_insert_with "
	"parse partial_cmp path peek poll poll_next pop position push "
	"push_back push_str read recv remove repeat replace reserve resize "
	"retain rev run saturating_sub send set size size_hint skip sort "
	"sort_by sort_unstable spawn split split_at splitn start starts_with "
	"state stop store sum swap take then then_some to_bytes to_owned "
	"to_string to_vec trim truncate try_from try_into try_lock try_recv "
	"try_send type_id unwrap unwrap_err unwrap_or unwrap_or_default "
	"unwrap_or_else update value values wait wake windows with "
	"with_capacity wrapping_add write write_all zip "
	/* of std::io and tokio::io */
	"flush lines poll_read poll_write read_exact read_line "
	"read_to_end read_to_string read_until ";

/* Types whose methods are mostly those of what they hold. */
static const char wrappers[] =
	" Arc Box Cow MutexGuard Option Pin Rc Ref RefMut RwLockReadGuard "
	"RwLockWriteGuard State Weak ";

static const char plain_traits[] =
	" Add AddAssign AsMut AsRef BitAnd BitOr Borrow BorrowMut Clone Copy "
	"Debug Default Deref DerefMut Display Div Drop Eq Error Extend Fn "
	"FnMut FnOnce From FromIterator FromStr Hash Index IndexMut Into "
	"IntoIterator Iterator LowerHex Mul Neg Not Ord PartialEq PartialOrd "
	"Send Sub SubAssign Sum Sync ToOwned ToString TryFrom TryInto Unpin "
	"UpperHex ";

/* Does the list hold the word, between blanks? */
static bool listed(const char *list, struct span word)
{
	struct span rest = span_of(list);
	ptrdiff_t at;

	if (!word.len || span_chr(word, ' ') >= 0)
		return false;
	while ((at = span_find(rest, word)) >= 0) {
		const char *p = rest.ptr + at;

		if (p[-1] == ' ' && p[word.len] == ' ')
			return true;
		rest = span_from(rest, (size_t)at + 1);
	}
	return false;
}

bool names_prelude(struct span name)
{
	return listed(prelude, name);
}

bool names_common(struct span name)
{
	return listed(common, name);
}

bool names_plain_trait(struct span name)
{
	return listed(plain_traits, name);
}

bool names_wrapper(struct span name)
{
	return listed(wrappers, name);
}

bool names_std(struct span path)
{
	struct span crate = { 0 };

	return text_field(&path, ':', &crate) &&
	       (span_eqs(crate, "std") || span_eqs(crate, "core") ||
		span_eqs(crate, "alloc"));
}
