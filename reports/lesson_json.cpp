#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/lesson_report.hpp"

namespace commitlab {

using nlohmann::ordered_json;

std::string lesson_json(const About& about, const Lesson& lesson, const Replayed& run) {
  ordered_json json = json_of(about, "commitlab-lesson/1");
  json["about"] = lesson.about;
  json["questions"] = ordered_json::array();
  for (const Lesson::Question& question : lesson.questions) {
    json["questions"].push_back({{"after", question.after}, {"ask", question.ask}, {"choices", question.choices},
                                 {"answer", question.answer}, {"because", question.because}, {"shows", question.shows}});
  }
  json["findings"] = json_of(run.findings);
  json["run"] = json_of(run.trace, WithTimes::no);
  return document(json);
}

}  // namespace commitlab
