// A lesson told to a class: its run as far as a question, the question, and so on.
#pragma once

#include <string>

#include "checker/replayed.hpp"
#include "reports/about.hpp"
#include "scenarios/lesson.hpp"

namespace commitlab {

enum class Answers : bool { kept, told };

/// `run` is the lesson's play made again, to its end.
std::string lesson_text(const About& about, const Lesson& lesson, const Replayed& run, Answers answers, const Style& style);
/// With the answers, whoever asks.
std::string lesson_json(const About& about, const Lesson& lesson, const Replayed& run);

}  // namespace commitlab
