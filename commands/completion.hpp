// What a shell can complete on our command line, and the scripts that make it do so: plain words, from the table of options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/options.hpp"
#include "scenarios/catalogue.hpp"

namespace commitlab {

/// What may stand in one place.
struct Offer {
  std::vector<std::string> words{};
  bool files = false;    // these too
  bool folders = false;  // and these
  bool list = false;     // several words, with commas between them
};

struct OfferedOption {
  const Option* option = nullptr;
  Offer value{};
};

struct OfferedVerb {
  std::string name{};
  std::string summary{};
  std::string operand{};  // as the help calls it; empty: it takes none
  Offer offer{};          // as operand
  std::vector<OfferedOption> options{};
};

/// All verbs that the help names, with their options and the words that fit them.
std::vector<OfferedVerb> offers(Catalogue catalogue);

/// A script for each shell that completes the program `name`.
std::string bash_completion(const std::vector<OfferedVerb>& verbs, const std::string& name);
std::string zsh_completion(const std::vector<OfferedVerb>& verbs, const std::string& name);
std::string fish_completion(const std::vector<OfferedVerb>& verbs, const std::string& name);

}  // namespace commitlab
