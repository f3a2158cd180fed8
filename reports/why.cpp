#include "reports/why.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/table.hpp"
#include "reports/why_account.hpp"
#include "reports/why_decision.hpp"
#include "reports/why_waiting.hpp"

namespace commitlab {

namespace {

using Sentences = std::vector<std::string>;

/// Two decisions that differ with their causes, and who else decided before them.
Sentences contradiction(Account& account, int transaction) {
  const auto all = decisions(account, transaction);
  const auto other = std::find_if(all.begin(), all.end(), [&](const Taken& taken) { return taken.commit != all.front().commit; });
  if (other == all.end()) return {};
  Decisions tell(account);
  Sentences told{sentence(tell.tell(all.front())), sentence(tell.tell(*other))};
  for (const bool commit : {all.front().commit, other->commit}) {
    std::vector<std::string> others, when;
    for (const auto& taken : all)
      if (taken.commit == commit && taken.line != all.front().line && taken.line != other->line) others.push_back(account.name(taken.node)), when.push_back(account.moment(taken.line));
    if (!others.empty()) told.push_back(sentence(enumerated(others) + (commit ? " committed" : " aborted") + ", too, at " + enumerated(when)));
  }
  return told;
}

/// All decisions of a kind with their causes.
Sentences each_decision(Account& account, int transaction, auto&& concerned) {
  Decisions tell(account);
  Sentences told;
  for (const auto& taken : decisions(account, transaction))
    if (concerned(taken)) told.push_back(sentence(tell.tell(taken)));
  return told;
}

/// Of AC3: who committed, and what became of those that vote no.
Sentences against_a_vote(Account& account, int transaction) {
  std::vector<int> refusing;
  for (int node = 1; node < static_cast<int>(account.run().names.size()); ++node)
    if (account.refuses(node, transaction)) refusing.push_back(node);
  const auto all = decisions(account, transaction);
  if (refusing.empty() || std::none_of(all.begin(), all.end(), [](const Taken& taken) { return taken.commit; })) return {};
  Sentences told = each_decision(account, transaction, [&](const Taken& taken) { return taken.commit || account.refuses(taken.node, transaction); });
  std::erase_if(refusing, [&](int node) { return std::any_of(all.begin(), all.end(), [&](const Taken& taken) { return taken.node == node && !taken.commit; }); });
  if (!refusing.empty()) told.push_back(sentence(account.names(refusing) + (refusing.size() == 1 ? " votes no, and has not aborted" : " vote no, and have not aborted")));
  return told;
}

/// Of AC2: a node that decided both ways.
Sentences turncoats(Account& account, int transaction) {
  const auto all = decisions(account, transaction);
  return each_decision(account, transaction, [&](const Taken& taken) {
    return std::any_of(all.begin(), all.end(), [&](const Taken& other) { return other.node == taken.node && other.commit != taken.commit; });
  });
}

/// Who waits; and if nobody is down, what the others have decided. Nothing if all that are up have decided, and if somebody ever has.
Sentences waiting(Account& account, int transaction, const Stuck* stuck, const Never* never) {
  const auto all = decisions(account, transaction);
  if (!somebody_waits(account, transaction, never) && !all.empty()) return {};
  Sentences told = who_waits(account, transaction, stuck, never);
  if (all.empty() || somebody_is_down(account)) return told;
  Decisions tell(account);
  told.push_back(sentence(tell.tell(all.front())));
  return told;
}

/// Do decisions of a transaction differ, does somebody that is up wait, or has nobody ever decided?
bool goes_wrong(const Account& account, int transaction) {
  const auto all = decisions(account, transaction);
  return all.empty() || somebody_waits(account, transaction) || std::any_of(all.begin(), all.end(), [&](const Taken& taken) { return taken.commit != all.front().commit; });
}

/// Of AC4: who aborted, or else who waits.
Sentences not_committed(Account& account, int transaction, const Never* never) {
  Sentences told = each_decision(account, transaction, [](const Taken& taken) { return !taken.commit; });
  return told.empty() ? waiting(account, transaction, nullptr, never) : told;
}

/// What happened last.
Sentences last_line(Account& account) {
  if (account.lines() == 0) return {};
  const std::size_t last = account.lines() - 1;
  const Trace::Line& line = account.line(last);
  if (line.network) return {"Last, " + account.at(last) + ": " + with_names(line.happened, account.run().names) + "."};
  return {"Last, " + account.at(last) + ", " + account.name(line.node) + ": " + told_by_name(line, account.run().names) + "."};
}

Sentences of_transaction(Account& account, const Finding& finding, int transaction) {
  const Stuck* stuck = finding.stuck ? &*finding.stuck : nullptr;
  const Never* never = finding.never ? &*finding.never : nullptr;
  switch (finding.property) {
    case Property::AC1: return contradiction(account, transaction);
    case Property::AC2: return turncoats(account, transaction);
    case Property::AC3: return against_a_vote(account, transaction);
    case Property::AC4: return not_committed(account, transaction, never);
    case Property::AC5:
    case Property::NB: return waiting(account, transaction, stuck, never);
    case Property::conserve: return each_decision(account, transaction, [](const Taken&) { return true; });
    case Property::custom: return {};
  }
  return {};
}

/// Up to a few things that went wrong and have not been told.
Sentences besides(Account& account) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> faults;
  bool any_told = false;
  for (std::size_t i = 0; i < account.lines(); ++i) any_told = any_told || (account.is_fault(i) && account.told(i));
  for (std::size_t i = 0; i < account.lines() && faults.size() <= kMost; ++i)
    if (account.is_fault(i) && !account.told(i)) faults.push_back(account.fault(i));
  if (faults.empty() || (any_told && faults.size() > kMost)) return {};
  if (faults.size() > kMost) faults.pop_back();
  return {(any_told ? "Besides, " : "In this run, ") + enumerated(faults) + "."};
}

std::string joined(const Sentences& sentences) {
  std::string text;
  for (const auto& one : sentences) text += (text.empty() ? "" : " ") + one;
  return text;
}

void add(Sentences& told, const Account& account, int transaction, Sentences more) {
  if (more.empty()) return;
  if (account.run().transactions > 1) more.front() = "In transaction " + std::to_string(transaction + 1) + ", " + (more.front().starts_with("The ") ? "t" + more.front().substr(1) : more.front());
  told.insert(told.end(), more.begin(), more.end());
}

}  // namespace

std::string why_text(const Finding& finding, const Trace& run) {
  if (finding.status != Status::violated) return "";
  Account account(run, Clock::step_number);
  Sentences told;
  for (int t = 0; t < run.transactions; ++t) add(told, account, t, of_transaction(account, finding, t));
  if (told.empty()) told = last_line(account);
  for (auto& one : besides(account)) told.push_back(std::move(one));
  return joined(told);
}

std::string why_text(const Finding& finding) { return finding.witness ? why_text(finding, *finding.witness) : ""; }

std::string why_lines(const Finding& finding, const Style& style) {
  Table table;
  if (std::string why = why_text(finding); !why.empty()) table.add({{"why", Ink::faint}, {std::move(why)}});
  return text_of(table, style);
}

std::string why_text(const Trace& run, Clock clock) {
  constexpr std::size_t kMostTransactions = 3;
  Account account(run, clock);
  Sentences told;
  std::size_t wrong = 0;
  for (int t = 0; t < run.transactions; ++t) {
    if (!goes_wrong(account, t) || ++wrong > kMostTransactions) continue;
    Sentences broken = contradiction(account, t);
    add(told, account, t, broken.empty() ? waiting(account, t, nullptr, nullptr) : std::move(broken));
  }
  if (wrong == 0) return "";
  if (wrong > kMostTransactions) return joined(told) + " Of " + counted(wrong - kMostTransactions, "more transaction", "more transactions") + " that block or break, nothing is told here.";
  for (auto& one : besides(account)) told.push_back(std::move(one));
  return joined(told);
}

}  // namespace commitlab
