// The verbs, each in a file of its own. They answer, or throw a Refusal.
#pragma once

#include "commands/session.hpp"
#include "commands/words.hpp"

namespace commitlab {

Answer answer_list(const Words& words, const Session& session);
Answer answer_run(const Words& words, const Session& session);
Answer answer_check(const Words& words, const Session& session);
Answer answer_estimate(const Words& words, const Session& session);
Answer answer_blocking(const Words& words, const Session& session);
Answer answer_replay(const Words& words, const Session& session);
Answer answer_show(const Words& words, const Session& session);
Answer answer_compare(const Words& words, const Session& session);
Answer answer_frontier(const Words& words, const Session& session);
Answer answer_necessary(const Words& words, const Session& session);
Answer answer_concurrency(const Words& words, const Session& session);
Answer answer_export(const Words& words, const Session& session);
Answer answer_sweep(const Words& words, const Session& session);
Answer answer_explore(const Words& words, const Session& session);
Answer answer_merge(const Words& words, const Session& session);
Answer answer_completion(const Words& words, const Session& session);
Answer answer_report(const Words& words, const Session& session);
Answer answer_demo(const Words& words, const Session& session);

}  // namespace commitlab
