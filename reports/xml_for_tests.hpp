// For tests: just enough XML to see whether a text is well-formed, and to walk through its elements.
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

struct XmlElement {
  std::string name{}, text{};  // text without that of its children, entities as they stand
  std::map<std::string, std::string> attributes{};
  std::vector<XmlElement> children{};

  std::string attribute(const std::string& of) const {
    const auto found = attributes.find(of);
    return found == attributes.end() ? "" : found->second;
  }
  /// Calls visit(element, parent) for all below it, each before its children.
  void each(auto&& visit) const {
    for (const XmlElement& child : children) {
      visit(child, *this);
      child.each(visit);
    }
  }
};

/// The root element. Throws std::runtime_error if the text is not well-formed; there may be a declaration, but no comments, sections
/// or document types.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  XmlElement read() {
    if (text_.starts_with("<?xml ")) skip_past("?>");
    skip_blanks();
    XmlElement root = element();
    skip_blanks();
    require(text_.empty(), "more behind the root");
    return root;
  }

 private:
  static void require(bool so, const std::string& otherwise) {
    if (!so) throw std::runtime_error("not well-formed: " + otherwise);
  }
  void skip_past(std::string_view end) {
    const auto at = text_.find(end);
    require(at != text_.npos, "no " + std::string(end));
    text_.remove_prefix(at + end.size());
  }
  void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(" \n"), text_.size())); }
  bool take(std::string_view what) {
    if (!text_.starts_with(what)) return false;
    text_.remove_prefix(what.size());
    return true;
  }
  std::string name() {
    const auto end = std::min(text_.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"), text_.size());
    require(end > 0, "a name is missing at " + std::string(text_.substr(0, 40)));
    std::string taken(text_.substr(0, end));
    text_.remove_prefix(end);
    return taken;
  }
  static void check_entities(std::string_view text) {
    for (auto at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
      bool known = false;
      for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) known = known || text.substr(at).starts_with(entity);
      require(known, "an entity at " + std::string(text.substr(at, 20)));
    }
    for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 || c == '\n', "a control character");
  }

  XmlElement element() {
    require(take("<"), "an element is missing at " + std::string(text_.substr(0, 40)));
    XmlElement made{.name = name()};
    for (skip_blanks(); !text_.starts_with(">") && !text_.starts_with("/>"); skip_blanks()) {
      const std::string key = name();
      require(take("=\""), "no value of " + key);
      const auto end = text_.find('"');
      require(end != text_.npos, "no end of " + key);
      const std::string_view value = text_.substr(0, end);
      require(value.find('<') == value.npos, "an element in " + key);
      check_entities(value);
      require(made.attributes.emplace(key, value).second, key + " twice");
      text_.remove_prefix(end + 1);
    }
    if (take("/>")) return made;
    require(take(">"), "no end of a tag");
    while (!text_.starts_with("</")) {
      const auto end = text_.find('<');
      require(end != text_.npos, made.name + " does not end");
      check_entities(text_.substr(0, end));
      made.text += text_.substr(0, end);
      text_.remove_prefix(end);
      if (!text_.starts_with("</")) made.children.push_back(element());
    }
    require(take("</" + made.name + ">"), made.name + " ends otherwise, at " + std::string(text_.substr(0, 40)));
    return made;
  }

  std::string_view text_;
};

}  // namespace commitlab
