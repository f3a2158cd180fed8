#include "checker/named_process.hpp"

#include <algorithm>
#include <utility>

#include "checker/components.hpp"
#include "checker/unfold.hpp"
#include "sim/names.hpp"

namespace commitlab {

using State = DecisionProcess::State;
using Kind = DecisionProcess::Kind;

/// Whether a branch leads from one of these to another component.
static bool is_left(const DecisionProcess& process, const Components& all, std::uint32_t component) {
  for (const State s : all[component])
    for (std::uint32_t b = process.first_branch_of(s); b < process.end_branch_of(s); ++b)
      if (all.of[process.branches[b].to] != component) return true;
  return false;
}

NamedProcess with_ends_named(DecisionProcess process) {
  const Components all = components(process);
  std::vector<Kind> kinds(process.states(), 0);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (is_left(process, all, i)) continue;
    Kind worst = 0;
    for (const State s : all[i]) worst = std::max(worst, process.kind[s]);
    for (const State s : all[i]) kinds[s] = worst;
  }
  process.kind = std::move(kinds);
  NamedProcess named{std::move(process), {""}};
  for (std::size_t i = 0; i < kOutcomes; ++i) named.kinds.emplace_back(name_of(static_cast<Outcome>(i)));
  named.kinds.emplace_back(kBeyondName);
  return named;
}

}  // namespace commitlab
