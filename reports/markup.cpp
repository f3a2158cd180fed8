#include "reports/markup.hpp"

#include "reports/page.hpp"

namespace commitlab {

std::string element(std::string_view name, std::string_view classes, const std::string& inner) {
  std::string html = "<" + std::string(name);
  if (!classes.empty()) html += " class=\"" + std::string(classes) + "\"";
  return html + ">" + inner + "</" + std::string(name) + ">";
}

std::string breakable(std::string_view text) {
  const std::string safe = html_text(text);
  std::string html;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    html += safe[i];
    const bool may_end = safe[i] == ',' || safe[i] == '(' || safe[i] == '{';
    if (may_end && i + 1 < safe.size() && safe[i + 1] != ' ') html += "<wbr>";
  }
  return html;
}

std::string text_element(std::string_view name, std::string_view classes, std::string_view text) { return element(name, classes, html_text(text)); }

std::string link_to(const std::string& id, std::string_view text) { return "<a href=\"#" + id + "\">" + html_text(text) + "</a>"; }

void Grid::add(std::vector<std::string> row, std::string attributes) {
  row_attributes.resize(rows.size());
  rows.push_back(std::move(row));
  row_attributes.push_back(std::move(attributes));
}

std::string scroller(std::string_view classes, std::string_view label, const std::string& inner) {
  return "<div class=\"scrolls" + std::string(classes.empty() ? "" : " ") + std::string(classes) + "\" tabindex=\"0\" role=\"group\" aria-label=\"" + html_text(label) + "\">" + inner + "</div>\n";
}

std::string html_of(const Grid& grid) {
  const auto class_of = [&](std::size_t column) { return column < grid.classes.size() ? grid.classes[column] : std::string(); };
  std::string html = "<table>\n", label;
  if (!grid.heads.empty()) {
    html += "<thead><tr>";
    for (std::size_t i = 0; i < grid.heads.size(); ++i) {
      html += text_element("th", class_of(i), grid.heads[i]);
      label += (label.empty() ? "" : ", ") + grid.heads[i];
    }
    html += "</tr></thead>\n";
  }
  html += "<tbody>\n";
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    html += "<tr" + (r < grid.row_attributes.size() ? grid.row_attributes[r] : "") + ">";
    for (std::size_t i = 0; i < grid.rows[r].size(); ++i) html += element("td", class_of(i), grid.rows[r][i]);
    html += "</tr>\n";
  }
  return scroller(grid.heads.size() > 4 ? "wide" : "", label.empty() ? "table" : label, html + "</tbody></table>");
}

std::string html_of(const Facts& facts) {
  std::string html = "<dl>\n";
  for (const auto& [name, what] : facts) html += text_element("dt", "", name) + element("dd", "", what) + "\n";
  return html + "</dl>\n";
}

std::string id_of(std::string_view name) {
  std::string id;
  for (const char c : name) id += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
  return id;
}

}  // namespace commitlab
