// What a node waited for in vain: the message that a stop, a loss or a split kept from it, or that was still under way.
#pragma once

#include <string>

#include "reports/why_account.hpp"

namespace commitlab {

/// The end of a sentence about a node to which nothing has come in a transaction just before a line (or in the end, if there is none so far):
/// ", because yes from alice to the coordinator was lost at step 5". Empty if the run does not show it.
std::string silence(Account& account, int node, int transaction, std::size_t before);

/// The same, but only what is broken for good: messages that were kept from the node or from those it sent them to.
std::string broken_off(Account& account, int node, int transaction, std::size_t before);

/// Has a message like that come to a node before a line? In which line first.
std::optional<std::size_t> came(const Account& account, const std::string& word, int from, int node, int transaction, std::size_t before);

}  // namespace commitlab
