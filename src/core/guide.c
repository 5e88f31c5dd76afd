#include "core/guide.h"

const char *guide_status_name(enum guide_status s)
{
	static const char *const names[] = {
		[GUIDE_USED] = "used",
		[GUIDE_MISSING] = "missing",
		[GUIDE_REFUSED] = "refused: outside the tree",
		[GUIDE_CYCLE] = "refused: imports itself",
		[GUIDE_TOO_DEEP] = "refused: imported too deep",
		[GUIDE_TOO_LARGE] = "refused: too large",
		[GUIDE_BINARY] = "refused: binary",
		[GUIDE_CREDENTIAL] = "refused: a credential file by its name",
		[GUIDE_CHANGED] =
			("refused: changed by the diff, and HEAD's is "
			 "not its old side"),
	};

	return names[s];
}
