// The tree is built from nlohmann's SAX events: its parser keeps its own stack, so that depth is a limit, not a crash.
// The events carry no places, but tokens come in order: a cursor that follows them through the text finds each again.
#include "scenarios/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/json_syntax.hpp"

namespace commitlab {

/// The events' receiver; the names of its functions are nlohmann's.
class JsonReader {
 public:
  JsonReader(std::string_view text, std::string_view file, Diagnostics& findings)
      : file_(file), findings_(findings), cursor_{.text = text} {}

  std::optional<Json> read();

  bool null() { return add(JsonValue::Kind::null, 4); }
  bool boolean(bool value) { return add(JsonValue::Kind::boolean, value ? 4 : 5); }
  bool number_integer(std::int64_t) { return number(); }
  bool number_unsigned(std::uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool string(const std::string& content);
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open('{', JsonValue::Kind::object); }
  bool start_array(std::size_t) { return open('[', JsonValue::Kind::array); }
  bool key(const std::string& content);
  bool end_object();
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error);

 private:
  struct Container {
    JsonValue* value;
    JsonValue* last;
  };

  void skip_to_token() { cursor_.skip(" \t\n\r,:"); }
  bool number();
  bool add(JsonValue::Kind kind, std::size_t bytes);
  bool open(char bracket, JsonValue::Kind kind);
  bool close();
  std::string_view take_string(const std::string& content);
  void refuse(std::string code, Position at, std::string message, std::string hint = "");

  std::string_view file_;
  Diagnostics& findings_;
  Json json_{};
  Cursor cursor_{};
  JsonProgress::After after_ = JsonProgress::After::nothing;
  std::optional<Cursor> number_from_{};
  std::vector<Container> containers_{};
  std::vector<JsonProgress::Bracket> brackets_{};
  std::string_view key_{};
  Position key_at_{};
};

std::optional<Json> read_json(std::string_view text, std::string_view file, Diagnostics& findings) {
  if (auto error = encoding_error(text)) {
    error->file = file;
    findings.add(std::move(*error));
    return std::nullopt;
  }
  return JsonReader(text, file, findings).read();
}

std::optional<Json> JsonReader::read() {
  const std::string_view text = cursor_.text;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), this)) return std::nullopt;
  return std::move(json_);
}

bool JsonReader::string(const std::string& content) {
  skip_to_token();
  const Cursor start = cursor_;
  const std::string_view text = take_string(content);
  const std::size_t bytes = cursor_.offset - start.offset;
  cursor_ = start;
  if (!add(JsonValue::Kind::string, bytes)) return false;
  json_.values_.back().text = text;
  return true;
}

bool JsonReader::key(const std::string& content) {
  skip_to_token();
  key_at_ = cursor_.at;
  key_ = take_string(content);
  after_ = JsonProgress::After::key;
  number_from_.reset();
  return true;
}

// Most strings stand in the text as they are; the others are kept beside the tree.
std::string_view JsonReader::take_string(const std::string& content) {
  const std::size_t bytes = string_length(cursor_.rest()).value_or(2);
  const std::string_view literal = cursor_.rest().substr(1, bytes - 2);
  cursor_.advance(bytes);
  return literal == content ? literal : std::string_view(json_.unescaped_.emplace_back(content));
}

bool JsonReader::number() {
  skip_to_token();
  const Cursor start = cursor_;
  if (!add(JsonValue::Kind::number, number_length(cursor_.rest()))) return false;
  number_from_ = start;
  return true;
}

bool JsonReader::add(JsonValue::Kind kind, std::size_t bytes) {
  skip_to_token();
  if (json_.values_.size() == kMostJsonValues) {
    refuse("E1504", cursor_.at, "more than " + std::to_string(kMostJsonValues) + " values in one document");
    return false;
  }
  JsonValue& value = json_.values_.emplace_back();
  value.kind = kind;
  value.at = cursor_.at;
  value.text = cursor_.rest().substr(0, bytes);
  if (!containers_.empty()) {
    Container& container = containers_.back();
    value.parent = container.value;
    value.index = container.value->size++;
    if (container.value->kind == JsonValue::Kind::object) {
      value.key = key_;
      value.key_at = key_at_;
    }
    if (container.last == nullptr) container.value->first = &value;
    if (container.last != nullptr) container.last->next = &value;
    container.last = &value;
  }
  cursor_.advance(bytes);
  after_ = JsonProgress::After::value;
  number_from_.reset();
  return true;
}

bool JsonReader::open(char bracket, JsonValue::Kind kind) {
  skip_to_token();
  const Position at = cursor_.at;
  if (containers_.size() == kDeepestJson) {
    refuse("E1009", at, "nesting deeper than " + std::to_string(kDeepestJson));
    return false;
  }
  if (!add(kind, 1)) return false;
  json_.values_.back().text = {};
  containers_.push_back({&json_.values_.back(), nullptr});
  brackets_.push_back({bracket, at});
  after_ = JsonProgress::After::open_bracket;
  return true;
}

bool JsonReader::close() {
  skip_to_token();
  cursor_.advance(1);
  containers_.pop_back();
  brackets_.pop_back();
  after_ = JsonProgress::After::value;
  number_from_.reset();
  return true;
}

bool JsonReader::end_object() {
  std::vector<const JsonValue*> members;
  for (const JsonValue& member : *containers_.back().value) members.push_back(&member);
  std::stable_sort(members.begin(), members.end(), [](const JsonValue* a, const JsonValue* b) { return a->key < b->key; });
  for (std::size_t i = 1; i < members.size(); ++i) {
    const JsonValue &before = *members[i - 1], &again = *members[i];
    if (before.key != again.key) continue;
    Diagnostic twice = {.code = "E1008", .file = std::string(file_), .line = again.key_at.line, .column = again.key_at.column};
    twice.pointer = pointer(again);
    twice.message = "key " + in_quotes(again.key) + " given twice, before at " + std::to_string(before.key_at.line) + ":" +
                    std::to_string(before.key_at.column);
    twice.hint = "remove one of the two";
    findings_.add(std::move(twice));
  }
  return close();
}

bool JsonReader::parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
  constexpr int kNumberOverflow = 406;
  Diagnostic found = syntax_error({.cursor = cursor_,
                                   .after = after_,
                                   .number_from = number_from_,
                                   .open = brackets_,
                                   .number_out_of_range = error.id == kNumberOverflow});
  found.file = file_;
  findings_.add(std::move(found));
  return false;
}

void JsonReader::refuse(std::string code, Position at, std::string message, std::string hint) {
  findings_.add({.code = std::move(code),
                 .file = std::string(file_),
                 .line = at.line,
                 .column = at.column,
                 .message = std::move(message),
                 .hint = std::move(hint)});
}

const JsonValue* JsonValue::find(std::string_view name) const {
  if (kind != Kind::object) return nullptr;
  for (const JsonValue& member : *this) {
    if (member.key == name) return &member;
  }
  return nullptr;
}

static const JsonValue* child_at(const JsonValue& value, std::string_view step) {
  for (const JsonValue& child : value) {
    const bool in_array = value.kind == JsonValue::Kind::array;
    if (step == (in_array ? "/" + std::to_string(child.index) : pointer_step(child.key))) return &child;
  }
  return nullptr;
}

const JsonValue& Json::follow(std::string_view pointer) const {
  const JsonValue* value = &root();
  while (!pointer.empty()) {
    const std::string_view step = pointer.substr(0, pointer.find('/', 1));
    const JsonValue* child = child_at(*value, step);
    if (child == nullptr) break;
    value = child;
    pointer.remove_prefix(step.size());
  }
  return *value;
}

std::string_view with_article(JsonValue::Kind kind) {
  switch (kind) {
    case JsonValue::Kind::null: return "null";
    case JsonValue::Kind::boolean: return "a boolean";
    case JsonValue::Kind::number: return "a number";
    case JsonValue::Kind::string: return "a string";
    case JsonValue::Kind::array: return "an array";
    case JsonValue::Kind::object: return "an object";
  }
  return "";
}

std::string pointer_step(std::string_view key) {
  constexpr std::size_t kMost = 60;
  std::string step = "/";
  std::size_t shown = 0;
  for (; !key.empty() && shown < kMost; ++shown) {
    const std::size_t bytes = first_code_point(key).bytes;
    const std::string_view character = key.substr(0, bytes);
    step += character == "~" ? "~0" : character == "/" ? "~1" : character;
    key.remove_prefix(bytes);
  }
  return key.empty() ? step : step + "...";
}

std::string pointer(const JsonValue& value) {
  if (value.parent == nullptr) return "";
  const bool in_array = value.parent->kind == JsonValue::Kind::array;
  return pointer(*value.parent) + (in_array ? "/" + std::to_string(value.index) : pointer_step(value.key));
}

}  // namespace commitlab
