// For tests: a JSON Schema beside the reader of the same format.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/decode.hpp"
#include "scenarios/input_file.hpp"
#include "scenarios/json_text.hpp"
#include "test.hpp"

namespace commitlab {

inline nlohmann::json schema_file(const std::string& name) {
  const InputText text = read_input(std::string(COMMITLAB_SOURCE_DIR "/scenarios/") + name, kMostJsonBytes);
  REQUIRE_FALSE(text.refused);
  return nlohmann::json::parse(text.text);
}

/// The schema's object at a place like "/script/*/when", references resolved, the branch of an object chosen.
inline nlohmann::json schema_at(const nlohmann::json& schema, std::string_view place) {
  const auto resolved = [&](nlohmann::json node, const std::string& type) {
    if (node.value("$ref", "").starts_with('#')) node = schema.at(nlohmann::json::json_pointer(node.at("$ref").get<std::string>().substr(1)));
    if (!node.contains("type") && node.contains("oneOf")) {
      for (const auto& branch : node.at("oneOf")) {
        if (branch.value("type", "") == type) return nlohmann::json(branch);
      }
    }
    return node;
  };
  nlohmann::json node = schema;
  while (!place.empty()) {
    const std::string step(place.substr(1, place.find('/', 1) - 1));
    place.remove_prefix(step.size() + 1);
    node = step == "*" ? resolved(node, "array").at("items") : resolved(node, "object").at("properties").at(step);
  }
  return resolved(node, "object");
}

/// Places of all objects in the schema that allow no other keys than theirs.
inline void collect_closed(const nlohmann::json& schema, const std::string& place, std::set<std::string>& closed) {
  const nlohmann::json object = schema_at(schema, place);
  if (object.value("additionalProperties", nlohmann::json(true)) != nlohmann::json(false)) return;
  closed.insert(place);
  for (const auto& [key, member] : object.at("properties").items()) {
    const std::string below = place + "/" + key;
    collect_closed(schema, below, closed);
    try {
      collect_closed(schema, below + "/*", closed);
    } catch (const nlohmann::json::exception&) {
      // It is no array.
    }
  }
}

/// Every object that the reader accepts is in the schema with the same keys, and no other object is closed there.
inline void check_same_keys(const nlohmann::json& schema, const std::vector<ObjectKeys>& objects) {
  std::set<std::string> places;
  for (const ObjectKeys& object : objects) {
    CAPTURE(object.place);
    places.insert(std::string(object.place));
    const nlohmann::json described = schema_at(schema, object.place);
    CHECK(described.at("additionalProperties") == false);
    std::set<std::string> in_schema, accepted(object.keys.begin(), object.keys.end());
    for (const auto& [key, member] : described.at("properties").items()) in_schema.insert(key);
    CHECK(in_schema == accepted);
  }
  std::set<std::string> closed;
  collect_closed(schema, "", closed);
  CHECK(closed == places);
}

}  // namespace commitlab
