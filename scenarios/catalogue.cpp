#include "scenarios/catalogue.hpp"

#include <algorithm>

#include "protocols/all.hpp"
#include "scenarios/entry.hpp"

namespace commitlab {

Catalogue catalogue() { return entries<kProtocols>(catalogue_odds(), catalogue_studies()); }

const Entry* find(Catalogue catalogue, std::string_view name) {
  const auto found = std::find_if(catalogue.begin(), catalogue.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == catalogue.end() ? nullptr : &*found;
}

}  // namespace commitlab
