// What there is to ask: protocols with their claims, and scenarios.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/table.hpp"
#include "sim/claims.hpp"

namespace commitlab {

struct Listing {
  struct ListedProtocol {
    std::string_view name, summary;
    std::span<const Claim> claims{};
    bool ordered = false, specification = false;
  };
  struct ListedScenario {
    std::string name, title, protocol;
  };
  std::string program{}, example{};  // what one may ask
  std::vector<ListedProtocol> protocols{};
  std::vector<ListedScenario> scenarios{};
};

std::string list_text(const Listing& listing, const Style& style);
std::string list_json(const Listing& listing);

/// A row for each claim: what the protocol bears, and what it keeps and breaks then.
Table claims_table(std::span<const Claim> claims);

}  // namespace commitlab
