// A lesson as it is written in a scenario: a run, line by line, and questions to a class.
#include <algorithm>

#include "checker/replay_words.hpp"
#include "scenarios/decode_parts.hpp"
#include "scenarios/lesson_limits.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;
using Asking = Lesson::Question;

// A text that says something, of at most so many characters; what could not be read is empty.
static std::string read_said(Decoding& decoding, const JsonValue& value, std::size_t most) {
  const auto text = read_string(decoding, value);
  if (!text) return "";
  if (text->find_first_not_of(" \t\n\r") == text->npos) decoding.error(value, "E1235", "empty text");
  expect_characters(decoding, value, most);
  return *text;
}

// Of the same length as what is written, so that places stay right when one item is wrong.
static void read_texts(Decoding& decoding, const JsonValue& value, std::string_view allowed, std::uint32_t most_items, std::size_t most, std::vector<std::string>& texts) {
  if (!expect_kind(decoding, value, Kind::array, allowed) || !expect_short(decoding, value, most_items)) return;
  for (const JsonValue& item : value) texts.push_back(read_said(decoding, item, most));
}

static void read_after(Decoding& decoding, const JsonValue& value, Asking& question) {
  question.after = static_cast<std::size_t>(read_integer(decoding, value, 0, kMostLessonLines).value_or(0));
}

static void read_ask(Decoding& decoding, const JsonValue& value, Asking& question) { question.ask = read_said(decoding, value, kLongestAsk); }

static void read_choices(Decoding& decoding, const JsonValue& value, Asking& question) {
  read_texts(decoding, value, "an array of answers to choose from", kMostChoices, kLongestChoice, question.choices);
  if (value.kind == Kind::array && value.size < kFewestChoices) {
    decoding.error(value, "E1236", "expected at least 2 choices, got " + std::to_string(value.size), "one is right, the others are what somebody could believe");
  }
  for (const JsonValue& item : value) {
    const auto& all = question.choices;
    if (item.index < all.size() && std::find(all.begin(), all.begin() + item.index, item.text) != all.begin() + item.index) decoding.error(item, "E1105", in_quotes(item.text) + " listed twice");
  }
}

static void read_answer(Decoding& decoding, const JsonValue& value, Asking& question) {
  question.answer = static_cast<std::size_t>(read_integer(decoding, value, 1, kMostChoices).value_or(1));
}

static void read_because(Decoding& decoding, const JsonValue& value, Asking& question) { question.because = read_said(decoding, value, kLongestBecause); }

static void read_shows(Decoding& decoding, const JsonValue& value, Asking& question) {
  read_texts(decoding, value, "an array of what the run shows, such as \"bob in doubt\"", kMostShown, kLongestShown, question.shows);
}

std::span<const Key<Asking>> lesson_question_keys() {
  static constexpr std::array<Key<Asking>, 6> kKeys = {{{"after", read_after, true},
                                                          {"ask", read_ask, true},
                                                          {"choices", read_choices, true},
                                                          {"answer", read_answer, true},
                                                          {"because", read_because, true},
                                                          {"shows", read_shows}}};
  return kKeys;
}

static void read_about(Decoding& decoding, const JsonValue& value, Lesson& lesson) { lesson.about = read_said(decoding, value, kLongestAbout); }

static void read_votes(Decoding& decoding, const JsonValue& value, Lesson& lesson) {
  if (!expect_kind(decoding, value, Kind::array, "an array of votes") || !expect_short(decoding, value, kMostListed)) return;
  for (const JsonValue& item : value) {
    const auto vote = read_word<Vote>(decoding, item, "E1219");
    lesson.votes.emplace_back(vote ? name_of(*vote) : "");
  }
}

static void read_play(Decoding& decoding, const JsonValue& value, Lesson& lesson) {
  if (!expect_kind(decoding, value, Kind::array, "an array of lines of a play") || !expect_short(decoding, value, kMostLessonLines)) return;
  for (const JsonValue& item : value) {
    lesson.play.push_back(read_said(decoding, item, kLongestLessonLine));
    if (item.kind != Kind::string) continue;
    const bool plain = std::all_of(item.text.begin(), item.text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!plain) decoding.error(item, "E1703", "a character that no play contains: " + in_quotes(item.text), "plays are plain ASCII");
    if (is_end(item.text)) {
      decoding.error(item, "E1238", "a lesson's play has no line that tells its end, got " + in_quotes(item.text), "\"shows\" of a question says what the end must show");
    }
  }
}

static void read_questions(Decoding& decoding, const JsonValue& value, Lesson& lesson) {
  if (!expect_kind(decoding, value, Kind::array, "an array of questions") || !expect_short(decoding, value, kMostQuestions)) return;
  if (value.size == 0) decoding.error(value, "E1236", "expected at least 1 question, got 0");
  lesson.questions.resize(value.size);
  for (const JsonValue& item : value) read_object(decoding, item, lesson_question_keys(), lesson.questions[item.index]);
}

std::span<const Key<Lesson>> lesson_keys() {
  static constexpr std::array<Key<Lesson>, 4> kKeys = {{{"about", read_about, true}, {"votes", read_votes}, {"play", read_play, true}, {"questions", read_questions, true}}};
  return kKeys;
}

}  // namespace commitlab
