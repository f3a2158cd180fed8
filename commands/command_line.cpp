#include "commands/command_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>

#include "commands/help.hpp"
#include "commands/output_file.hpp"
#include "commands/outputs.hpp"
#include "commands/refusal.hpp"
#include "commands/search.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "reports/table.hpp"
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
  Style style{.width = words.has("output") ? surroundings.file_width : surroundings.width};
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

static void write_wrapped(std::ostream& err, const std::string& text, std::size_t width) { err << (width == 0 ? text : lines_within(text, width)); }

// What people type who look for help; nothing if this is none.
static std::optional<std::string> asked_for_help(const std::vector<std::string>& args, const Surroundings& surroundings) {
  const HelpPage page{.program = surroundings.program, .width = surroundings.width};
  const std::string& first = args.front();
  if (first == "--version" || first == "version") return version_text();
  if (first == "--help-all") return whole_help(page);
  if (first != "help" && first != "--help" && first != "-h") return std::nullopt;
  if (args.size() == 1) return program_help(page);
  if (args[1] == "all" || args[1] == "--help-all") return whole_help(page);
  return verb_help(verb_of(args[1]), page);
}

static int obey(const std::vector<std::string>& args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings) {
  const HelpPage page{.program = surroundings.program, .width = surroundings.width};
  if (args.empty()) {
    err << program_help(page);
    return kUsage;
  }
  if (const auto help = asked_for_help(args, surroundings)) return write(out, *help), kAsExpected;

  const Verb verb = verb_of(args.front());
  const auto allowed = options_of(verb);
  const Words words = read_words({args.begin() + 1, args.end()}, allowed);
  if (words.has("help-all")) return write(out, verb_help(verb, page, HelpPage::Options::explained)), kAsExpected;
  if (words.has("help")) return write(out, verb_help(verb, page)), kAsExpected;

  const Session session{.catalogue = catalogue, .program = surroundings.program, .style = style_of(words, surroundings), .json = words.has("json"),
                        .began = Beginning::now(),
                        .progress = {.out = shows_progress(words, surroundings) ? &err : nullptr, .width = surroundings.error_width > 0 ? surroundings.error_width : ProgressLine{}.width}};
  const std::string* file = words.find("output");
  const Overwrite overwrite = words.has("force") ? Overwrite::yes : Overwrite::no;
  refuse_equal_outputs(words);
  if (file != nullptr) check_output(*file, overwrite, inputs_of(words));
  else if (surroundings.output_is_terminal) refuse_page_on_terminal(verb, words);
  const Answer answered = answer(verb, words, session);
  if (file != nullptr) write_output(*file, answered.text, overwrite);
  else write(out, answered.text);
  write_wrapped(err, answered.complaint, surroundings.error_width);
  return answered.exit_code;
}

// Whatever is thrown ends here.
int run_command(std::vector<std::string> args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings) {
  const bool json = std::find(args.begin(), args.end(), "--json") != args.end();
  const auto tell = [&](const Refusal& refused) {
    if (json) err << to_json(refused.findings);
    else write_wrapped(err, to_text(refused.findings), surroundings.error_width);
    err << std::flush;
    return refused.exit_code;
  };
  try {
    return obey(args, out, err, catalogue, surroundings);
  } catch (const Refusal& refused) {
    return tell(refused);
  } catch (const OrdersIds& error) {
    return tell(refusal_of(error));
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

// Columns of a terminal, or 80. A line of text that is much longer is hard to read, and one that is much shorter hard to fill.
static std::size_t columns_of(int descriptor) {
  constexpr std::size_t kUsual = 80, kFewest = 40, kMost = 100;
  winsize size{};
  if (::isatty(descriptor) != 1 || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return std::clamp<std::size_t>(size.ws_col, kFewest, kMost);
}

// "./lab" as it was typed; a program found by its name alone, by that.
static std::string program_name(int argc, char** argv) { return argc > 0 && argv[0] != nullptr && *argv[0] != '\0' ? argv[0] : "commitlab"; }

int command_line(int argc, char** argv, Catalogue catalogue) {
  // A reader that went away, or a file that may not grow, is an error of writing and not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  const bool errors_seen = ::isatty(STDERR_FILENO) == 1;
  return run_command(args, std::cout, std::cerr, catalogue,
                     {.program = program_name(argc, argv),
                      .colour_by_itself = shows_colours(),
                      .progress_by_itself = errors_seen,
                      .output_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                      .width = columns_of(STDOUT_FILENO),
                      .file_width = columns_of(-1),
                      .error_width = errors_seen ? columns_of(STDERR_FILENO) : 0});
}

}  // namespace commitlab
