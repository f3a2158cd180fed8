// Comma-separated values as RFC 4180 has them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace commitlab {

/// The keys of an object in its order, without the CRLF behind them.
std::string csv_head(const nlohmann::ordered_json& row);
/// A value as it is written in a row: "0.01" is a number, "1/3" and "2pc" are texts.
nlohmann::ordered_json cell_of(const std::string& text);
/// Its values: a text in quotes where it must be, null as an empty field.
std::string csv_row(const nlohmann::ordered_json& row);

}  // namespace commitlab
