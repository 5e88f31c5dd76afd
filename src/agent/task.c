#include "agent/task.h"

#include "agent/gather.h"
#include "agent/gather_parts.h"

extern const char prompt_task_review[];
extern const char prompt_task_code[];
extern const char prompt_task_design[];

const struct task task_review = { "review", prompt_task_review, gather_review };
const struct task task_code = { "review", prompt_task_code, gather_review };
const struct task task_patch = { "review", prompt_task_review, gather_patch };
const struct task task_design = { "design", prompt_task_design, gather_design };
