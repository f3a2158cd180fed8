#include "reports/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/numbers.hpp"
#include "reports/page.hpp"

namespace commitlab {
namespace {

constexpr double kLeast = 1e-12;  // of what a logarithmic scale shows

/// From what is measured to where it is drawn.
class Along {
 public:
  Along(AxisScale scale, double low, double high, double from, double to) : scale_(scale), from_(from), to_(to) {
    if (scale_ == AxisScale::logarithmic) {  // from a power of ten to a power of ten
      low = std::floor(std::log10(std::max(low, kLeast)) + 1e-9);
      high = std::ceil(std::log10(std::max(high, kLeast)) - 1e-9);
    }
    if (!(high > low)) high = low + (scale_ == AxisScale::logarithmic ? 1 : std::max(std::abs(low), 1e-9) * 0.1);
    low_ = low, high_ = high;
  }
  double at(double value) const {
    const double measured = scale_ == AxisScale::logarithmic ? std::log10(std::max(value, kLeast)) : value;
    return from_ + (to_ - from_) * std::clamp((measured - low_) / (high_ - low_), 0.0, 1.0);
  }
  /// Round values for its ticks: of a logarithmic scale powers of ten, at most seven.
  std::vector<double> ticks() const {
    std::vector<double> values;
    if (scale_ == AxisScale::logarithmic) {
      const double step = std::ceil((high_ - low_) / 6);
      for (double power = low_; power <= high_ + 1e-9; power += step) values.push_back(std::pow(10.0, power));
      return values;
    }
    const double rough = (high_ - low_) / 4, power = std::pow(10.0, std::floor(std::log10(rough))), of = rough / power;
    const double step = power * (of < 1.5 ? 1 : of < 3.5 ? 2 : of < 7.5 ? 5 : 10);
    for (double k = std::ceil(low_ / step - 1e-9); k * step <= high_ + step * 1e-9; ++k) values.push_back(k * step);
    return values;
  }

 private:
  AxisScale scale_;
  double from_, to_, low_ = 0, high_ = 1;
};

std::string number(double value) {
  const std::string text = fixed(value, 2);
  return text == "-0.00" ? "0.00" : text;
}
std::string line(double x1, double y1, double x2, double y2, const std::string& more) {
  return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2) + "\" " + more + "/>\n";
}
std::string words(double x, double y, const std::string& text, const std::string& more = "") {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" fill=\"currentColor\"" + (more.empty() ? "" : " " + more) + ">" + html_text(text) + "</text>\n";
}
std::string begin(double width, double height, const std::string& title) {
  const std::string size = " width=\"" + fixed(width, 0) + "\" height=\"" + fixed(height, 0) + "\" viewBox=\"0 0 " + fixed(width, 0) + " " + fixed(height, 0) + "\"";
  return "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\"" + size + " role=\"img\" font-size=\"12\" font-family=\"system-ui, sans-serif\">\n<title>" +
         html_text(title) + "</title>\n" + words(0, 14, title, "font-weight=\"600\"");
}
/// A tick of a zoomed linear scale needs the digits that tell it from the next; zero has none.
std::string tick_text(double value) { return std::abs(value) < kLeast / 10 ? "0" : significant(value, 6); }

constexpr const char* kFaint = "stroke=\"currentColor\" stroke-opacity=\"0.18\"";

/// How one of several curves is told from the others.
struct Look {
  const char *colour, *dashes;
};
constexpr std::array<Look, 6> kLooks = {
    {{"#0072b2", "none"}, {"#d55e00", "7 3"}, {"#009e73", "2 3"}, {"#cc79a7", "9 3 2 3"}, {"#e69f00", "4 2"}, {"#56b4e9", "12 4"}}};

/// Presentation attributes of its line.
std::string line_of(const Look& look) { return std::string("stroke=\"") + look.colour + "\" stroke-width=\"2\" stroke-dasharray=\"" + look.dashes + "\""; }

std::string mark(std::size_t which, double x, double y, const std::string& colour) {
  const std::string fill = "fill=\"" + colour + "\"";
  const auto path = [&](const std::string& d) { return "<path d=\"M" + number(x) + " " + number(y) + d + "\" " + fill + "/>\n"; };
  switch (which % kLooks.size()) {
    case 0: return "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"3\" " + fill + "/>\n";
    case 1: return path("m-3 -3h6v6h-6z");
    case 2: return path("m0 -4l4 7h-8z");
    case 3: return path("m0 -4.2l4.2 4.2l-4.2 4.2l-4.2 -4.2z");
    case 4: return path("m0 4l4 -7h-8z");
    default: return path("m-1.2 -4h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z");
  }
}

/// The least and the greatest of all rows, with some air around them where the scale is linear.
Interval reach(const std::vector<ChanceRow>& rows, AxisScale scale) {
  Interval all{1, 0};
  for (const auto& row : rows) {
    if (scale == AxisScale::linear || row.at.low > kLeast) all.low = std::min(all.low, row.at.low);
    all.low = std::min(all.low, row.at.high > kLeast || scale == AxisScale::linear ? row.at.high : 1.0);
    all.high = std::max(all.high, row.at.high);
  }
  if (scale == AxisScale::logarithmic) return {std::max(all.low / 3, kLeast), 1};
  const double air = std::max((all.high - all.low) * 0.08, 1e-6);
  return {std::max(0.0, all.low - air), std::min(1.0, all.high + air)};
}

}  // namespace

std::string chances_chart(const std::string& title, const std::vector<ChanceRow>& rows, AxisScale scale) {
  constexpr double kWidth = 420, kLeft = 22, kRight = 398, kTop = 26, kRow = 38;
  const auto top_of = [](std::size_t row) { return kTop + kRow * static_cast<double>(row); };
  const double bottom = top_of(rows.size());
  const Interval all = reach(rows, scale);
  const Along along(scale, all.low, all.high, kLeft, kRight);
  std::string svg = begin(kWidth, bottom + 28, title);
  for (const double tick : along.ticks()) {
    svg += words(along.at(tick), bottom + 20, tick_text(tick), "font-size=\"11\" fill-opacity=\"0.75\" text-anchor=\"middle\"");
    for (std::size_t i = 0; i < rows.size(); ++i) svg += line(along.at(tick), top_of(i) + 19, along.at(tick), top_of(i) + 37, kFaint);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ChanceRow& row = rows[i];
    const double top = top_of(i), y = top + 28, low = along.at(row.at.low), high = along.at(row.at.high), middle = along.at((row.at.low + row.at.high) / 2);
    svg += words(0, top + 14, row.label) + words(kWidth, top + 14, row.value, "text-anchor=\"end\"");
    svg += line(kLeft, y, kRight, y, kFaint);
    switch (row.drawn) {
      case ChanceRow::Drawn::mark: svg += mark(3, middle, y, "#0072b2"); break;
      case ChanceRow::Drawn::tick: svg += line(middle, y - 8, middle, y + 8, "stroke=\"currentColor\" stroke-width=\"2.5\""); break;
      case ChanceRow::Drawn::band: {
        const double width = std::max(high - low, 3.0);
        svg += "<rect x=\"" + number(std::min(low, kRight - width)) + "\" y=\"" + number(y - 5) + "\" width=\"" + number(width) +
               "\" height=\"10\" rx=\"2\" fill=\"#e69f00\" fill-opacity=\"0.45\" stroke=\"#b87a00\"/>\n";
      }
    }
  }
  return svg + "</svg>\n";
}

std::string curves_chart(const CurveChart& chart) {
  constexpr double kWidth = 420, kLeft = 54, kRight = 408, kPlot = 180;
  Interval x{1e300, -1e300}, y{1e300, -1e300};
  for (const auto& curve : chart.curves)
    for (const auto& point : curve.points) {
      x = {std::min(x.low, point.x), std::max(x.high, point.x)};
      y = {std::min({y.low, point.y, point.band.low}), std::max({y.high, point.y, point.band.high})};
    }
  // The names, above the plot, as many in a line as fit.
  const bool named = chart.curves.size() > 1;
  std::string legend;
  double at = 0, row = 34;
  for (std::size_t i = 0; named && i < chart.curves.size(); ++i) {
    const Look& look = kLooks[i % kLooks.size()];
    const double width = 40 + 7.2 * static_cast<double>(chart.curves[i].name.size());
    if (at > 0 && at + width > kWidth) at = 0, row += 17;
    legend += line(at, row - 4, at + 24, row - 4, line_of(look));
    legend += mark(i, at + 12, row - 4, look.colour) + words(at + 29, row, chart.curves[i].name);
    at += width;
  }
  const double top = named ? row + 14 : 28, bottom = top + kPlot;
  if (chart.y == AxisScale::linear) y = {y.low < (y.high - y.low) * 0.3 ? 0 : y.low, y.high};
  const Along across(chart.x, x.low, x.high, kLeft, kRight), up(chart.y, y.low, y.high, bottom, top);
  std::string svg = begin(kWidth, bottom + 40, chart.title) + legend;
  for (const double tick : up.ticks()) {
    svg += line(kLeft, up.at(tick), kRight, up.at(tick), kFaint);
    svg += words(kLeft - 6, up.at(tick) + 4, tick_text(tick), "font-size=\"11\" fill-opacity=\"0.75\" text-anchor=\"end\"");
  }
  for (const double tick : across.ticks()) {
    svg += line(across.at(tick), top, across.at(tick), bottom + 3, kFaint);
    svg += words(across.at(tick), bottom + 16, tick_text(tick), "font-size=\"11\" fill-opacity=\"0.75\" text-anchor=\"middle\"");
  }
  svg += words((kLeft + kRight) / 2, bottom + 34, chart.along, "text-anchor=\"middle\"");
  if (chart.own) svg += line(across.at(*chart.own), top, across.at(*chart.own), bottom, "stroke=\"currentColor\" stroke-opacity=\"0.6\" stroke-dasharray=\"3 3\"");
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    const auto& points = chart.curves[i].points;
    const Look& look = kLooks[i % kLooks.size()];
    std::string there, back, path, marks;
    for (const auto& point : points) {
      const std::string where = number(across.at(point.x)) + " ";
      there += (there.empty() ? "M" : "L") + where + number(up.at(point.band.high));
      back = "L" + where + number(up.at(point.band.low)) + back;
      path += (path.empty() ? "M" : "L") + where + number(up.at(point.y));
      marks += mark(i, across.at(point.x), up.at(point.y), look.colour);
    }
    svg += std::string("<path d=\"") + there + back + "Z\" fill=\"" + look.colour + "\" fill-opacity=\"0.18\"/>\n";
    svg += "<path d=\"" + path + "\" fill=\"none\" " + line_of(look) + "/>\n" + marks;
  }
  return svg + "</svg>\n";
}

}  // namespace commitlab
