// Which forced writes, records and messages a protocol needs: it is weakened in one of them after the other, and checked again.
#pragma once

#include "checker/rest.hpp"
#include "checker/weakened.hpp"

namespace commitlab {

namespace weakening {

inline constexpr std::array kRoles{Role::coordinator, Role::participant};

/// One weakening for each thing that was seen to be done: first the forced writes, then the records, then the messages.
template <Protocol P>
std::vector<Weakening> weakenings(const Seen& seen) {
  std::vector<Weakening> list;
  const auto add = [&](Loss how, std::span<const std::string_view> kinds, auto&& done) {
    for (const Role who : kRoles)
      for (std::size_t kind = 0; kind < kinds.size(); ++kind)
        if (done(who, kind)) list.push_back({who, how, std::string(kinds[kind])});
  };
  const auto records = kinds_of<typename P::Record>();
  add(Loss::unforced, records, [&](Role who, std::size_t kind) { return seen.has(who, Do::force, kind); });
  add(Loss::unwritten, records, [&](Role who, std::size_t kind) { return seen.has(who, Do::force, kind) || seen.has(who, Do::write, kind); });
  add(Loss::unsent, kinds_of<typename P::Message>(), [&](Role who, std::size_t kind) { return seen.has(who, Do::send, kind); });
  return list;
}

/// The verdict, and if termination is asked, also whether all comes to rest: without an acknowledgement everybody may have
/// decided long ago, and somebody still does not know it.
template <Protocol P>
Verdict judged(const Weakened<P>& p, const Question& question) {
  Verdict verdict = check(p, question);
  if (asked(question, Property::AC5)) verdict.findings.push_back(comes_to_rest(p, question, verdict));
  return verdict;
}

}  // namespace weakening

/// Answers the question for p, and the same of what p keeps for p weakened in one respect at a time. All searches share the
/// limits of time and memory; what was not asked by then is inconclusive. What p does in no run within the question is not tried.
template <Protocol P>
Necessities necessary(const P& p, Question question) {
  const auto begin = std::chrono::steady_clock::now();
  if (!question.limits.began) question.limits.began = Beginning{.at = begin};
  Necessities answer;
  Seen seen;
  answer.whole = weakening::judged(Weakened<P>(p, {}, &seen), question);
  Question again = question;
  again.check.clear();
  for (const auto& finding : answer.whole.findings) {
    if (finding.status != Status::holds) continue;
    answer.asked.push_back(finding.name);
    if (finding.property != Property::custom) again.check.push_back(finding.property);
  }
  const auto left_out = [&](const Finding& finding) { return std::find(answer.asked.begin(), answer.asked.end(), finding.name) == answer.asked.end(); };
  if (!answer.asked.empty())
    for (const auto& without : weakening::weakenings<P>(seen)) {
      Verdict verdict = weakening::judged(Weakened<P>(p, without), again);
      std::erase_if(verdict.findings, left_out);  // rest, and properties of p's own, cannot be left out of the question
      answer.without.push_back({without, std::move(verdict)});
    }
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return answer;
}

}  // namespace commitlab
