#include "reports/curves.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "checker/rational.hpp"
#include "reports/numbers.hpp"

namespace commitlab {
namespace {

struct Rows {
  std::vector<std::string> heads{};
  std::vector<std::vector<std::string>> rows{};
  std::vector<int> lines{};  // of the file, where each begins
};

constexpr std::size_t kMostRows = 10'000, kMostCurves = 6;

/// The fields of RFC 4180: a quoted one may hold commas, line ends and doubled quotes.
Rows read_rows(std::string_view csv) {
  Rows read;
  std::vector<std::string> row{""};
  int line = 1, began = 1;
  bool quoted = false;
  const auto end_row = [&] {
    if (row.size() > 1 || !row.front().empty()) {
      const std::string fields = counted(read.heads.size(), "field", "fields");
      if (read.heads.empty()) read.heads = row;
      else if (row.size() != read.heads.size()) throw BadRows(began, "expected " + fields + " as in the first line, got " + std::to_string(row.size()));
      else read.rows.push_back(row), read.lines.push_back(began);
    }
    if (read.rows.size() > kMostRows) throw BadRows(began, "more than " + grouped(kMostRows) + " rows");
    row = {""};
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') row.back() += c;
      else if (i + 1 < csv.size() && csv[i + 1] == '"') row.back() += '"', ++i;
      else quoted = false;
    } else if (c == '"' && row.back().empty()) quoted = true;
    else if (c == ',') row.emplace_back();
    else if (c == '\n') end_row(), began = line;
    else if (c != '\r') row.back() += c;
  }
  if (quoted) throw BadRows(began, "a quoted field does not end");
  end_row();
  return read;
}

std::size_t column_of(const Rows& rows, std::string_view name) {
  const auto found = std::find(rows.heads.begin(), rows.heads.end(), name);
  if (found == rows.heads.end()) throw BadRows(1, "no column " + std::string(name) + ": these are no rows of a sweep");
  return static_cast<std::size_t>(found - rows.heads.begin());
}

std::optional<double> number_in(const std::string& text) {
  const auto number = rational_from(text);
  if (number) return to_double(*number);
  return std::nullopt;
}

double chance_in(const Rows& rows, std::size_t row, std::size_t column) {
  const std::string& text = rows.rows[row][column];
  double value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool chance = error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= 1 + 1e-9;
  if (!chance) throw BadRows(rows.lines[row], "column " + rows.heads[column] + ": expected a chance from 0 to 1, got " + (text.empty() ? "nothing" : text));
  return std::min(value, 1.0);
}

Curve::Point point_at(const Rows& rows, std::size_t row, double x, const std::string& outcome) {
  const auto of = [&](const std::string& name) { return column_of(rows, name); };
  const auto band_of = [&](const std::string& name) { return Interval{chance_in(rows, row, of(name + "_low")), chance_in(rows, row, of(name + "_high"))}; };
  const std::string share = "share_" + outcome;
  if (rows.rows[row][of("conclusive")] != "true") return {x, chance_in(rows, row, of(share)), band_of(share)};
  const Interval band = band_of(outcome);
  return {x, (band.low + band.high) / 2, band};
}

/// The first of the axes, which stand before the column of runs, that has numbers only, and several.
std::size_t axis_of(const Rows& rows, std::size_t axes) {
  for (std::size_t axis = 0; axis < axes; ++axis) {
    const bool numbers = std::all_of(rows.rows.begin(), rows.rows.end(), [&](const auto& row) { return number_in(row[axis]).has_value(); });
    const bool several = std::any_of(rows.rows.begin(), rows.rows.end(), [&](const auto& row) { return row[axis] != rows.rows.front()[axis]; });
    if (numbers && several) return axis;
  }
  throw BadRows(1, "nothing to draw along: no axis has several numbers");
}

}  // namespace

Curves curves_of_rows(std::string_view csv) {
  const Rows rows = read_rows(csv);
  if (rows.heads.empty()) throw BadRows(1, "expected the rows that the verb sweep writes, got nothing");
  const std::size_t axes = column_of(rows, "runs"), axis = rows.rows.empty() ? 0 : axis_of(rows, axes);
  if (rows.rows.empty()) throw BadRows(1, "there is no row");
  Curves curves{.along = rows.heads[axis]};
  std::map<std::string, std::size_t> line_of;
  bool counted_any = false;
  for (std::size_t r = 0; r < rows.rows.size(); ++r) {
    std::string name;
    for (std::size_t a = 0; a < axes; ++a)
      if (a != axis) name += (name.empty() ? "" : ", ") + (rows.heads[a] == "protocol" ? "" : rows.heads[a] + " ") + rows.rows[r][a];
    const auto [place, fresh] = line_of.try_emplace(name, curves.lines.size());
    if (fresh && curves.lines.size() == kMostCurves)
      throw BadRows(rows.lines[r], "more than " + std::to_string(kMostCurves) + " curves cannot be told apart: one for each combination of the other axes");
    if (fresh) curves.lines.push_back({.name = name});
    const double x = *number_in(rows.rows[r][axis]);
    std::array<Curve::Point, 4> points;
    for (std::size_t o = 0; o < points.size(); ++o) points[o] = point_at(rows, r, x, std::string(kOutcomeNames[o]));
    counted_any = counted_any || rows.rows[r][column_of(rows, "conclusive")] != "true";
    curves.lines[place->second].points.push_back(points);
  }
  for (auto& line : curves.lines) std::stable_sort(line.points.begin(), line.points.end(), [](const auto& a, const auto& b) { return a[0].x < b[0].x; });
  curves.from = counted(rows.rows.size(), "row", "rows") + " of a sweep: exact chances";
  if (counted_any) curves.from += "; where they are not conclusive, counted shares with their 95 % intervals";
  return curves;
}

/// Far apart, and none of them nothing.
static AxisScale scale_of(double least, double most, double apart) { return least > 1e-12 && most / least >= apart ? AxisScale::logarithmic : AxisScale::linear; }

std::string charts_of(const Curves& curves) {
  std::string html;
  for (std::size_t o = 0; o < kOutcomeNames.size(); ++o) {
    CurveChart chart{.title = std::string(kOutcomeNames[o]), .along = curves.along, .own = curves.own};
    double least = 1, most = 0, first = 1e300, last = 0;
    for (const auto& line : curves.lines) {
      Curve curve{.name = line.name};
      for (const auto& points : line.points) {
        const Curve::Point& point = points[o];
        curve.points.push_back(point);
        least = std::min(least, point.y), most = std::max(most, point.y), first = std::min(first, point.x), last = std::max(last, point.x);
      }
      chart.curves.push_back(std::move(curve));
    }
    if (most < 1e-9) continue;
    chart.x = scale_of(first, last, 30), chart.y = scale_of(least, most, 100);
    html += curves_chart(chart);
  }
  return html;
}

}  // namespace commitlab
