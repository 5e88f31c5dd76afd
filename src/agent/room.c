#include "agent/room.h"

#include "agent/job.h"
#include "agent/prompt.h"
#include "core/settings.h"
#include "llm/estimate.h"
#include "llm/models.h"

/* Tokens of reply to leave room for when neither setting nor table says. */
#define DEFAULT_REPLY 16000
/* Shorter replies cannot hold the sections of a real review. */
#define LEAST_REPLY 4000
/* In windows too small for a whole reply it gets one part in so many. */
#define SMALL_WINDOW 4

static int64_t window_of(const struct agent_config *c, const struct settings *s)
{
	return s->window ? s->window : c->model ? c->model->window : 0;
}

int64_t job_window(const struct job *job, const struct settings *s)
{
	return window_of(&job->agent.config, s);
}

void room_choose_reply(struct agent_config *c, const struct settings *s)
{
	int64_t most = c->model ? c->model->max_output : 0;

	c->params.max_output = s->max_output;
	if (!c->params.max_output && c->model)
		c->params.max_output = c->model->reply;
	if (!c->params.max_output)
		c->params.max_output = DEFAULT_REPLY;
	if (most && c->params.max_output > most)
		c->params.max_output = most;
	/* a small window is for the code before it is for words about it */
	most = window_of(c, s) / SMALL_WINDOW;
	if (most && most < LEAST_REPLY)
		most = LEAST_REPLY;
	if (!s->max_output && most && c->params.max_output > most)
		c->params.max_output = most;
}

int64_t material_room(const struct task_input *in, const struct agent_config *c,
		      const struct settings *s)
{
	const struct model *m = c->model;
	int64_t most = window_of(c, s), room;

	if (!most)
		return INT64_MAX;
	/* beyond this prompt another price holds: who counts the money wants
	 * two requests rather than a dear one */
	if (s->max_cost > 0 && m->long_over &&
	    m->long_over < most - c->params.max_output)
		most = m->long_over + c->params.max_output;
	room = most - c->params.max_output - prompt_fixed_tokens(in, m);
	return room > 0 ? room - room * estimate_error(m->tokenizer) / 100 : 0;
}

/* By how many tokens an estimate of n may be wrong. */
static int64_t error_of(const struct job *job, int64_t n)
{
	if (job->counted)
		return 0;
	return n * estimate_error(job->agent.config.model->tokenizer) / 100;
}

void room_fit_reply(struct job *job, const struct settings *s)
{
	struct agent_config *c = &job->agent.config;
	struct job_estimate e = job_estimate(job);
	int64_t window = job_window(job, s), fits = c->params.max_output;
	double reply_cost = e.most_cost - e.prompt_cost, most = (double)fits;

	if (s->max_output)
		return;
	if (window && e.tokens + fits > window)
		fits = window - e.tokens;
	if (s->max_tokens && e.tokens + fits > s->max_tokens)
		fits = s->max_tokens - e.tokens;
	if (s->max_cost > 0 && reply_cost > 0 &&
	    e.prompt_cost + reply_cost / most * (double)fits > s->max_cost)
		fits = (int64_t)(most * (s->max_cost - e.prompt_cost) /
				 reply_cost);
	if (fits >= LEAST_REPLY && fits < c->params.max_output)
		c->params.max_output = fits;
}

struct job_estimate job_estimate(const struct job *job)
{
	return room_estimate(&job->agent.config, job->agent.prompt_tokens);
}

struct job_estimate room_estimate(const struct agent_config *c, int64_t tokens)
{
	struct job_estimate e = { tokens, -1, -1 };
	struct usage u = { .input = tokens };

	if (!c->model)
		return e;
	e.prompt_cost = model_cost(c->model, &u);
	u.output = c->params.max_output;
	e.most_cost = model_cost(c->model, &u);
	return e;
}

/* What to do depends on whether the window is the model's own or only that of
 * the server it runs on. */
static int too_small(const struct job *job, const struct settings *s,
		     int64_t tokens, struct error *err)
{
	const struct agent_config *c = &job->agent.config;
	int64_t window = job_window(job, s);
	bool full = job->input && !material_room(job->input, c, s);

	error_set(err, ERR_BUDGET,
		  "about %lld tokens and %lld for the reply do not fit %s's "
		  "window of %lld: %s",
		  (long long)tokens, (long long)c->params.max_output,
		  c->params.model, (long long)window,
		  full ? "instructions, guides and reply alone fill it; take "
			 "a model with a larger one or a smaller --max-output"
		       : "name fewer paths, a smaller range or --max-output");
	if (c->provider->window_cure && c->model &&
	    c->model->window == window && c->model->possible > window)
		error_set(err, ERR_BUDGET,
			  "about %lld tokens and %lld for the reply do not "
			  "fit: %s runs %s with a window of %lld, though %lld "
			  "are possible: %s",
			  (long long)tokens, (long long)c->params.max_output,
			  c->provider->title, c->params.model,
			  (long long)window, (long long)c->model->possible,
			  c->provider->window_cure);
	return -1;
}

/* The provider may be asked for its count, and was not. */
static bool to_be_counted(const struct job *job)
{
	return job->endpoint && job->endpoint->count_url && !job->count_asked;
}

/* What a prompt of n tokens is taken for when it is held against a limit. */
static int64_t taken_for(const struct job *job, int64_t n)
{
	if (to_be_counted(job))
		return n - error_of(job, n);
	if (job->agent.config.provider->cuts_silently)
		return n + error_of(job, n);
	return n;
}

static int check_budgets(const struct job *job, const struct settings *s,
			 struct error *err)
{
	struct job_estimate e = job_estimate(job);
	int64_t tokens = taken_for(job, e.tokens);
	double share = (double)tokens / (double)(e.tokens ? e.tokens : 1);

	if (s->max_tokens && tokens > s->max_tokens)
		return error_set(err, ERR_BUDGET,
				 "about %lld tokens are more than --max-tokens "
				 "%lld: nothing was sent",
				 (long long)e.tokens, (long long)s->max_tokens);
	if (s->max_cost > 0 && e.prompt_cost < 0)
		return error_set(err, ERR_USAGE,
				 "the price of %s is not known, so --max-cost "
				 "cannot hold; add it with --models-file",
				 job->agent.config.params.model);
	if (s->max_cost > 0 && e.prompt_cost * share > s->max_cost)
		return error_set(err, ERR_BUDGET,
				 "the prompt alone costs about $%.4f, more "
				 "than --max-cost %.4f: nothing was sent",
				 e.prompt_cost, s->max_cost);
	return 0;
}

bool room_for_window(const struct job *job, const struct settings *s)
{
	int64_t window = job_window(job, s);

	return !window || taken_for(job, job->agent.prompt_tokens) +
					  job->agent.config.params.max_output <=
				  window;
}

int room_check(const struct job *job, const struct settings *s,
	       struct error *err)
{
	if (!room_for_window(job, s))
		return too_small(job, s, job->agent.prompt_tokens, err);
	return check_budgets(job, s, err);
}

/* Is n within the estimate's error of the limit? */
static bool near(const struct job *job, double n, double limit)
{
	double error = (double)error_of(job, job->agent.prompt_tokens);
	double share = error / (double)job->agent.prompt_tokens;

	return n * (1 + share) > limit && n * (1 - share) < limit;
}

bool room_wants_count(const struct job *job, const struct settings *s)
{
	struct job_estimate e = job_estimate(job);
	int64_t window = job_window(job, s);

	if (!to_be_counted(job) || !e.tokens)
		return false;
	return (window &&
		near(job, (double)e.tokens,
		     (double)(window - job->agent.config.params.max_output))) ||
	       (s->max_tokens &&
		near(job, (double)e.tokens, (double)s->max_tokens)) ||
	       (s->max_cost > 0 && e.prompt_cost > 0 &&
		near(job, e.prompt_cost, s->max_cost));
}
