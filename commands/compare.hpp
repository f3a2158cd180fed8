// One question for several protocols.
#pragma once

#include "commands/asked.hpp"
#include "reports/compare_report.hpp"

namespace commitlab {

/// The verdict on each protocol, in that order, on what `asked` asks of one of them. Throws a Refusal if the method suits not all.
std::vector<Compared> compared(const Asked& asked, const std::vector<const Entry*>& protocols, const Limits& limits, const Method& method);

/// The protocols that --protocols names, in that order. Throws a Refusal.
std::vector<const Entry*> listed_protocols(const std::string& list_of_names, Catalogue catalogue);

/// Those that --protocols lists; without it, all but the specifications.
std::vector<const Entry*> protocols_to_compare(const Words& words, Catalogue catalogue);

}  // namespace commitlab
