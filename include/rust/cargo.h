/*
 * cargo - what Cargo.toml and Cargo.lock say, and what a change of them means
 * (The Cargo Book: "The Manifest Format", "Specifying Dependencies",
 * "Features", "Workspaces", "SemVer Compatibility"; lock files 1 to 4).
 *
 * Total: any bytes, linear but for sorting, bounded by toml.h; no I/O. A
 * damaged file gives what stands before the damage, named in `bad`. Spans
 * borrow from the source or live in the arena; both must outlive the result.
 * Nothing here knows folders: a build.rs, src/lib.rs or src/main.rs that Cargo
 * finds by itself is the caller's to see, and whether a version was yanked
 * stands in no file at all.
 */
#ifndef RUST_CARGO_H
#define RUST_CARGO_H

#include "base/vec.h"
#include "rust/toml.h"

struct buf;

/* Where a dependency stands. The first three may take each other's place. */
enum dependency_kind {
	DEPENDENCY_NORMAL,
	DEPENDENCY_BUILD,
	DEPENDENCY_DEV,
	DEPENDENCY_WORKSPACE, /* workspace.dependencies */
	DEPENDENCY_PATCH,     /* target: the registry or URL patched */
	DEPENDENCY_REPLACE,
};

enum cargo_source {
	SOURCE_REGISTRY,
	SOURCE_GIT,
	SOURCE_PATH,
	SOURCE_WORKSPACE, /* workspace = true, in a manifest not resolved */
};

/* What is compared of a dependency besides its features. */
enum dependency_column {
	COLUMN_REQUIREMENT, /* "1.0"; empty: none */
	COLUMN_SOURCE,	    /* "registry", "git URL branch B", "path P" … */
	COLUMN_PACKAGE,	    /* the crate's own name where it is renamed */
	COLUMN_OPTIONAL,    /* "yes" or "no" */
	COLUMN_DEFAULT,	    /* default-features: "yes", "no", or empty: as
				the workspace says */
	DEPENDENCY_COLUMNS
};

struct cargo_word {
	struct span text;
	unsigned line;
};

struct dependency {
	enum dependency_kind kind;
	struct span target; /* a triple or cfg(…); empty: every target */
	struct span name;   /* the key: what the code calls it */
	unsigned line;
	enum cargo_source source;
	struct cargo_word col[DEPENDENCY_COLUMNS];
	VEC(struct cargo_word) features; /* sorted, none twice */
};

/* The small facts of a manifest, each a name, an item and a value. */
enum fact_kind {
	FACT_NAME,
	FACT_VERSION,
	FACT_EDITION,
	FACT_RUST_VERSION, /* the MSRV */
	FACT_RESOLVER,
	FACT_LINKS,
	FACT_BUILD,   /* path of the build script, or "none": build = false */
	FACT_TARGET,  /* name: "lib", "bin x" …; value: its crate types */
	FACT_FEATURE, /* value: what it turns on, with commas */
	FACT_FEATURE_ITEM, /* item: one thing that the feature turns on */
	FACT_MEMBER,	   /* name: a path, maybe with globs */
	FACT_EXCLUDE,
	FACT_DEFAULT_MEMBER,
	FACT_SHARED,  /* workspace.package: name and value */
	FACT_PROFILE, /* name: "release.panic" */
	FACT_LINT,    /* name: "clippy.all"; value: the level */
	FACT_KINDS
};

struct fact {
	enum fact_kind kind;
	struct span name, item, value;
	unsigned line;
	bool inherited; /* workspace = true: value is "workspace" until known */
};

/*
 * Facts by kind, name, item; dependencies by name, kind, target, but those of
 * a workspace, a patch and a replacement behind the rest; none twice.
 */
struct manifest {
	VEC(struct fact) facts;
	VEC(struct dependency) deps;
	bool package, workspace; /* has such a table */
	bool proc_macro;
	unsigned lines, bad_line; /* bad_line 0: nothing wrong */
	const char *bad;	  /* NULL: nothing wrong */
	bool whole;		  /* read to the end */
};

/* No bytes give an empty manifest, as does a zeroed struct. */
void manifest_parse(struct manifest *out, struct arena *a, struct span src);
/*
 * Fill in what a member takes from its workspace's root, which must outlive
 * it. What the root does not say stays marked as inherited.
 */
void manifest_inherit(struct manifest *m, struct arena *a,
		      const struct manifest *root);
/* The value of the first fact of a kind; empty when there is none. */
struct span manifest_value(const struct manifest *m, enum fact_kind kind);
/* All facts of a kind: the first one, and how many. */
const struct fact *manifest_facts(const struct manifest *m, enum fact_kind kind,
				  size_t *count);
/*
 * Is the folder at this path, relative to the root manifest's, a member by
 * members and exclude? Path dependencies, which are members too, are not
 * followed.
 */
bool manifest_member(const struct manifest *root, struct span path);

struct lock_package {
	struct span name, version;
	struct span source; /* as it stands there; empty: a path */
	enum cargo_source kind;
	struct span checksum; /* empty: none */
	unsigned line;
};

struct lock {
	VEC(struct lock_package) packages; /* by name, version, source */
	struct span version;		   /* of the format; empty: 1 or 2 */
	unsigned version_line;
	unsigned lines, bad_line;
	const char *bad;
	bool whole;
};

void lock_parse(struct lock *out, struct arena *a, struct span src);

/* How far versions are apart; as in Cargo, the first nonzero part is major. */
enum cargo_level {
	LEVEL_NONE,  /* equal, or not versions */
	LEVEL_BUILD, /* build metadata alone */
	LEVEL_PRERELEASE,
	LEVEL_PATCH,
	LEVEL_MINOR,
	LEVEL_MAJOR,
};

/* Order by SemVer 2.0.0 §11, then by bytes; missing parts are 0. */
int version_compare(struct span a, struct span b);
enum cargo_level version_level(struct span a, struct span b);
/* The part that compatible versions share: "1", "0.3", "0.0.5". */
struct span version_major(struct span v);

enum cargo_subject {
	/* each kind of fact is a subject: SUBJECT_OF(FACT_EDITION) */
	SUBJECT_DEPENDENCY = FACT_KINDS,
	SUBJECT_MOVED, /* old, new: the sections; kind, target: the new one's */
	SUBJECT_REQUIREMENT, /* this and the next: as dependency_column */
	SUBJECT_SOURCE,
	SUBJECT_PACKAGE,
	SUBJECT_OPTIONAL, /* added: became so */
	SUBJECT_DEFAULT,  /* added: default features turned on */
	SUBJECT_DEPENDENCY_FEATURE,
	/* of lock files */
	SUBJECT_LOCK_VERSION,
	SUBJECT_CRATE,	      /* added, removed, or another version */
	SUBJECT_CRATE_SOURCE, /* from elsewhere; item empty: and bumped */
	SUBJECT_CHECKSUM,     /* the same version and source: a red flag */
	SUBJECT_DUPLICATE,    /* old, new: the versions, when incompatible ones
				 of a crate became more (added) or fewer */
	SUBJECTS
};

#define SUBJECT_OF(fact_kind) ((enum cargo_subject)(fact_kind))

enum cargo_op { CARGO_ADDED, CARGO_REMOVED, CARGO_CHANGED };

struct cargo_change {
	enum cargo_subject subject;
	enum cargo_op op;
	enum cargo_level level; /* of versions and plain requirements */
	bool down;		/* old is the newer one */
	enum dependency_kind kind;
	struct span target;
	struct span name; /* crate, dependency, feature, member, setting */
	struct span item; /* feature of it; version of a CHECKSUM, _SOURCE */
	struct span old, new;
	unsigned line; /* of new; of old where nothing is left in new */
};

/*
 * Sorted by subject and name; empty for equal files; with the arguments
 * swapped, old and new, added and removed change places and the rest stays.
 */
struct cargo_changes {
	VEC(struct cargo_change) rows;
};

void manifest_diff(struct cargo_changes *out, struct arena *a,
		   const struct manifest *old, const struct manifest *new);
void lock_diff(struct cargo_changes *out, struct arena *a,
	       const struct lock *old, const struct lock *new);

/*
 * One row as a short phrase, always one line: "serde 1.0.195 → 1.0.197
 * (patch)". Names are escaped as text_visible_line() does, long ones clipped.
 */
void cargo_change_write(struct buf *out, const struct cargo_change *c);

#endif
