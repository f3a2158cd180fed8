#include "reports/run_formats.hpp"

#include <stdexcept>

namespace commitlab {

std::string text_in(RunFormat format, const TracedRun& run) {
  switch (format) {
    case RunFormat::trace: break;
    case RunFormat::itf: return itf_text(run);
    case RunFormat::shiviz: return shiviz_text(run);
    case RunFormat::mermaid: return mermaid_text(run);
    case RunFormat::dot: return dot_text(run);
    case RunFormat::chrome: return chrome_text(run);
    case RunFormat::plantuml: return plantuml_text(run);
    case RunFormat::ndjson: return ndjson_text(run);
    case RunFormat::csv: return csv_text(run);
  }
  throw std::logic_error("a trace of our own is written by trace_json");
}

}  // namespace commitlab
