#include "commands/command_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <new>

#include "commands/help.hpp"
#include "commands/output_file.hpp"
#include "commands/outputs.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {

static Answer answer(Verb verb, const Words& words, const Session& session) {
  switch (verb) {
    case Verb::list: return answer_list(words, session);
    case Verb::run: return answer_run(words, session);
    case Verb::check: return answer_check(words, session);
    case Verb::estimate: return answer_estimate(words, session);
    case Verb::blocking: return answer_blocking(words, session);
    case Verb::replay: return answer_replay(words, session);
    case Verb::show: return answer_show(words, session);
    case Verb::compare: return answer_compare(words, session);
    case Verb::frontier: return answer_frontier(words, session);
    case Verb::necessary: return answer_necessary(words, session);
    case Verb::concurrency: return answer_concurrency(words, session);
    case Verb::export_model: return answer_export(words, session);
    case Verb::sweep: return answer_sweep(words, session);
    case Verb::explore: return answer_explore(words, session);
    case Verb::merge: return answer_merge(words, session);
    case Verb::completion: return answer_completion(words, session);
    case Verb::report: return answer_report(words, session);
    case Verb::demo: return answer_demo(words, session);
  }
  return {};
}

static Verb verb_of(const std::string& word) {
  if (const Verb* verb = find_verb(word)) return *verb;
  std::vector<std::string_view> names;
  for (const Verb verb : verbs()) names.push_back(name_of(verb));
  if (word.starts_with('-')) {
    throw refusal(kUsage, "E1601", "", "expected a verb first, got the option " + in_quotes(word), "verbs: " + listed(names));
  }
  throw refusal(kUsage, "E1601", "", "unknown verb " + in_quotes(word) + did_you_mean(word, names), "verbs: " + listed(names));
}

static Style style_of(const Words& words, const Surroundings& surroundings) {
  Style style;
  style.colour = surroundings.colour_by_itself && !words.has("output");
  if (const std::string* when = words.find("color")) {
    static constexpr std::array<std::string_view, 3> kWhen = {"auto", "always", "never"};
    const std::size_t which = choice({"--color", *when}, kWhen);
    if (which > 0) style.colour = which == 1;
  }
  style.detail = words.has("quiet") ? Detail::quiet : words.has("verbose") ? Detail::verbose : Detail::usual;
  return style;
}

static bool shows_progress(const Words& words, const Surroundings& surroundings) {
  static constexpr std::array<std::string_view, 3> kWhen = {"auto", "on", "off"};
  const std::string* when = words.find("progress");
  const std::size_t which = when == nullptr ? 0 : choice({"--progress", *when}, kWhen);
  return which == 1 || (which == 0 && surroundings.progress_by_itself && !words.has("quiet"));
}

// A page or a picture is thousands of lines that nobody reads: it wants a file.
static void refuse_page_on_terminal(Verb verb, const Words& words) {
  const bool picture = words.has("svg");
  if (!picture && (words.has("json") || (verb != Verb::explore && verb != Verb::report))) return;
  std::string name = words.operands.empty() ? words.has("protocol") ? *words.find("protocol") : std::string(name_of(verb)) : words.operands.front();
  name = std::filesystem::path(name).stem().string();
  if (name.empty() || name == "-") name = std::string(name_of(verb));
  const std::string file = name + (picture ? ".svg" : ".html");
  throw refusal(kUsage, "E1606", "", std::string(picture ? "a picture (SVG)" : "a page (HTML)") + " is nothing that a terminal shows",
                "put it into a file: -o " + escaped(file) + ", or send it on with > or |");
}

static void write(std::ostream& out, const std::string& text) {
  errno = 0;
  out << text << std::flush;
  if (!out && errno == EPIPE) return;  // whoever reads has seen enough, as `head` does: the answer stands
  if (!out) throw refusal(kIoError, "E1608", "", "standard output cannot be written");
}

static int obey(const std::vector<std::string>& args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings) {
  if (args.empty()) {
    err << program_help(surroundings.program);
    return kUsage;
  }
  if (args.front() == "--help" || args.front() == "-h") return write(out, program_help(surroundings.program)), kAsExpected;
  if (args.front() == "--help-all") return write(out, whole_help(surroundings.program)), kAsExpected;
  if (args.front() == "--version") return write(out, version_text()), kAsExpected;

  const Verb verb = verb_of(args.front());
  const auto allowed = options_of(verb);
  const Words words = read_words({args.begin() + 1, args.end()}, allowed);
  if (words.has("help")) return write(out, verb_help(verb, surroundings.program)), kAsExpected;

  const Session session{.catalogue = catalogue, .program = surroundings.program, .style = style_of(words, surroundings), .json = words.has("json"),
                        .progress = shows_progress(words, surroundings) ? &err : nullptr};
  const std::string* file = words.find("output");
  const Overwrite overwrite = words.has("force") ? Overwrite::yes : Overwrite::no;
  refuse_equal_outputs(words);
  if (file != nullptr) check_output(*file, overwrite, inputs_of(words));
  else if (surroundings.output_is_terminal) refuse_page_on_terminal(verb, words);
  const Answer answered = answer(verb, words, session);
  if (file != nullptr) write_output(*file, answered.text, overwrite);
  else write(out, answered.text);
  err << answered.complaint;
  return answered.exit_code;
}

// Whatever is thrown ends here.
int run_command(std::vector<std::string> args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings) {
  const bool json = std::find(args.begin(), args.end(), "--json") != args.end();
  const auto tell = [&](const Refusal& refused) {
    err << (json ? to_json(refused.findings) : to_text(refused.findings)) << std::flush;
    return refused.exit_code;
  };
  try {
    return obey(args, out, err, catalogue, surroundings);
  } catch (const Refusal& refused) {
    return tell(refused);
  } catch (const std::bad_alloc&) {
    return tell(refusal(kInconclusive, "E1609", "", "inconclusive: there is no more memory"));
  } catch (const std::exception& error) {
    return tell(refusal(kInternal, "E1609", "", std::string("internal error, a defect of this program: ") + escaped(error.what(), 300)));
  }
}

static bool shows_colours() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return ::isatty(STDOUT_FILENO) == 1 && !dumb && !set("NO_COLOR");
}

// "./lab" as it was typed; a program found by its name alone, by that.
static std::string program_name(int argc, char** argv) { return argc > 0 && argv[0] != nullptr && *argv[0] != '\0' ? argv[0] : "commitlab"; }

int command_line(int argc, char** argv, Catalogue catalogue) {
  // A reader that went away, or a file that may not grow, is an error of writing and not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return run_command(args, std::cout, std::cerr, catalogue, {.program = program_name(argc, argv), .colour_by_itself = shows_colours(), .progress_by_itself = ::isatty(STDERR_FILENO) == 1, .output_is_terminal = ::isatty(STDOUT_FILENO) == 1});
}

}  // namespace commitlab
