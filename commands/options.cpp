#include "commands/options.hpp"

#include <array>

#include "sim/names.hpp"

namespace commitlab {

static constexpr std::array kVerbs = {Verb::list, Verb::run, Verb::check, Verb::estimate, Verb::merge, Verb::blocking, Verb::replay, Verb::show, Verb::explore, Verb::report, Verb::compare, Verb::frontier, Verb::necessary, Verb::concurrency, Verb::export_model, Verb::sweep, Verb::completion, Verb::demo};

std::string_view name_of(Verb verb) { return verb == Verb::export_model ? "export" : name_of<Verb>(verb); }

const Verb* find_verb(std::string_view name) {
  for (const Verb& verb : kVerbs)
    if (name_of(verb) == name) return &verb;
  return nullptr;
}

std::span<const Verb> verbs() { return kVerbs; }

static constexpr std::uint32_t set(auto... verbs) { return (0u | ... | (1u << static_cast<unsigned>(verbs))); }

static constexpr std::uint32_t kAll = (1u << kVerbs.size()) - 1u;
static constexpr std::uint32_t kTelling = kAll & ~set(Verb::completion);  // a report
static constexpr std::uint32_t kAsking = set(Verb::report, Verb::run, Verb::check, Verb::estimate, Verb::blocking, Verb::replay, Verb::show, Verb::explore, Verb::compare, Verb::frontier, Verb::necessary, Verb::export_model, Verb::sweep);
static constexpr std::uint32_t kByChance = set(Verb::run, Verb::estimate, Verb::blocking, Verb::sweep);  // in virtual time, and nothing else
static constexpr std::uint32_t kCounting = kAsking & ~kByChance;  // how often a fault may come; show and export do where they search
static constexpr std::uint32_t kJudging = kAsking & ~set(Verb::estimate, Verb::blocking, Verb::sweep);  // properties; run where it saves a play
static constexpr std::uint32_t kSeeding = kByChance | set(Verb::report, Verb::show, Verb::demo);
static constexpr std::uint32_t kSaying = kTelling & ~set(Verb::explore, Verb::report);  // in lines of text
static constexpr std::uint32_t kTellingMore = set(Verb::run, Verb::check, Verb::replay, Verb::show, Verb::frontier, Verb::necessary, Verb::blocking);
static constexpr std::uint32_t kSearching = set(Verb::report, Verb::check, Verb::compare, Verb::frontier, Verb::replay, Verb::necessary, Verb::concurrency);
static constexpr std::uint32_t kBounded = kAsking | set(Verb::concurrency, Verb::demo);
static constexpr std::uint32_t kExhausting = set(Verb::check, Verb::compare, Verb::frontier);
static constexpr std::uint32_t kDrawing = set(Verb::report, Verb::run, Verb::estimate, Verb::blocking, Verb::show, Verb::export_model, Verb::sweep);
static constexpr std::uint32_t kOfSeveral = set(Verb::report, Verb::check, Verb::replay, Verb::show, Verb::explore, Verb::compare, Verb::frontier, Verb::necessary);
static constexpr std::uint32_t kFreezing = set(Verb::explore, Verb::export_model);
static constexpr std::uint32_t kInFiles = set(Verb::export_model, Verb::sweep);
static constexpr std::uint32_t kSaving = set(Verb::run, Verb::check, Verb::necessary);

static constexpr std::array kOptions = {
    Option{"protocol", 0, "NAME", Group::question, kAsking | set(Verb::concurrency), "the protocol (commitlab list names them)"},
    Option{"participants", 'n', "N", Group::question, kAsking | set(Verb::concurrency), "number of participants, named p1 ... pN; the coordinator is not counted; default 2"},
    Option{"votes", 0, "VOTES", Group::question, kAsking, "all (each may vote either way), yes, or alice=no,bob=yes"},
    Option{"check", 0, "NAMES", Group::question, kJudging, "properties to check, of AC1,AC2,AC3,AC4,AC5,NB,conserve; default AC1,AC2,AC3 (necessary: AC1 to AC5)", false, "properties are asked of a search; here runs are counted by how they end"},
    Option{"agreement", 0, "KIND", Group::question, kJudging, "uniform (every decision counts) or live (not those of nodes that are down)", false, "properties are asked of a search; here runs are counted by how they end"},
    Option{"transactions", 0, "N", Group::question, set(Verb::run) | kOfSeveral, "number of transactions: in a run one after another, in a search as --transaction-order says; default 1"},
    Option{"weaken", 0, "WEAKENING", Group::question, kAsking, "take one thing out of the protocol, WHO:HOW:WHAT, such as participant:unforced:prepared; HOW is unforced, unwritten or unsent; none: the protocol as it is, whatever the scenario says"},

    Option{"crashes", 0, "N", Group::faults, kCounting, "how many crashes may happen", false, "a search counts faults; here they come by chance: --chance crash=0.01"},
    Option{"crash-points", 0, "WHERE", Group::faults, kAsking, "effects (anywhere in a step, broadcasts torn) or handlers (between steps)"},
    Option{"crash-only", 0, "NAMES", Group::faults, kAsking, "only these nodes may crash: alice,coordinator"},
    Option{"recovery", 0, "", Group::faults, kAsking, "a crashed node may come back with its log"},
    Option{"no-recovery", 0, "", Group::faults, kAsking, "it may not, whatever the scenario says"},
    Option{"disk-losses", 0, "N", Group::faults, kCounting, "how many recoveries may find an empty log", false, "a search counts faults; here they come by chance: --chance disk_loss=0.1"},
    Option{"losses", 0, "N", Group::faults, kCounting, "how many messages may be lost", false, "a search counts faults; here they come by chance: --chance loss=0.01"},
    Option{"duplicates", 0, "N", Group::faults, kCounting, "how many messages may be delivered twice", false, "a search counts faults; here they come by chance: --chance duplicate=0.01"},
    Option{"reorders", 0, "N", Group::faults, kCounting, "how many messages may overtake others (fifo channels)", false, "a search counts faults; here they come by chance: --chance reorder=0.01"},
    Option{"partitions", 0, "N", Group::faults, kCounting, "how many times the network may split in two", false, "a search counts them; here a scenario's \"script\" says when the network splits"},
    Option{"held-partitions", 0, "", Group::faults, kAsking, "a partition keeps messages across it until it heals, instead of losing them"},
    Option{"suspicions", 0, "N", Group::faults, kCounting, "how many timers may fire early (synchronous timing)", false, "a search counts them; here a timer fires when its time has come"},
    Option{"timing", 0, "KIND", Group::faults, kCounting, "asynchronous (timers fire at any time) or synchronous (when no message is under way)", false, "a search assumes it; here the delays of messages and timeouts decide it"},
    Option{"channels", 0, "KIND", Group::faults, kAsking, "bag (messages overtake each other), fifo, or sticky (never consumed)"},
    Option{"transaction-order", 0, "ORDER", Group::faults, kOfSeveral, "overlapping (a node begins any at any time) or serial (once it has decided the one before)"},
    Option{"messages", 0, "KIND", Group::faults, kOfSeveral, "numbered (by their transaction) or unnumbered (for the latest that the addressee has begun)"},
    Option{"copies", 0, "", Group::faults, kCounting, "equal messages in flight are counted, as in simulated runs", false, "in virtual time they are counted anyway"},

    Option{"min-faults", 0, "", Group::search, set(Verb::check), "find the fewest faults that break each property, within those given"},
    Option{"expect", 0, "RESULTS", Group::search, set(Verb::check, Verb::frontier, Verb::report), "AC1=violated,NB=holds: exit 0 if so, 1 if not"},
    Option{"fail-on", 0, "STATUSES", Group::search, set(Verb::check), "which unexpected results make the exit code other than 0: violated,inconclusive; default both"},
    Option{"protocols", 0, "NAMES", Group::search, set(Verb::compare, Verb::blocking, Verb::report), "which to compare: 2pc,3pc; all unless told (blocking: 2pc, 2pc-ctp, 3pc and the scenario's)"},
    Option{"max-states", 0, "N", Group::search, kSearching | kFreezing, "give up past so many worlds; 50000000 unless told (explore, export --format dot: 100000)"},
    Option{"time-limit", 0, "SECONDS", Group::search, kBounded, "give up after that long, all parts of the answer together"},
    Option{"memory-limit", 0, "SIZE", Group::search, kBounded, "give up past that much, such as 512M or 4G; 2G unless told, check: half of the machine's"},

    Option{"symmetry", 0, "on|off", Group::search, kExhausting, "participants treated alike may stand for each other: fewer worlds, the same answers"},
    Option{"partial-order", 0, "on|off", Group::search, kExhausting, "of steps that commute, one order; not for AC5 and NB"},
    Option{"store", 0, "KIND", Group::search, kExhausting, "exact, fingerprint64 or fingerprint128: a hash of each world only, so that nothing holds for sure"},
    Option{"threads", 0, "N", Group::search, kExhausting | set(Verb::estimate, Verb::report), "number of threads; default 1"},
    Option{"checkpoint", 0, "FILE", Group::search, set(Verb::check), "save an unfinished search there, and every minute while it runs"},
    Option{"resume", 0, "FILE", Group::search, set(Verb::check), "continue the search saved there; it is saved there again unless --checkpoint names another file"},

    Option{"seed", 0, "SEED", Group::chance, kSeeding, "seed of the random draws: a number, 0x..., or random", false, "a search draws nothing"},
    Option{"chance", 0, "CHANCES", Group::chance, kDrawing, "loss=0.1,crash=1/1000,crash:p1=0.01; also duplicate, reorder, disk_loss, recovery", false, "a search tries what may happen, however unlikely: --crashes 1, --losses 1"},
    Option{"delay", 0, "DELAYS", Group::chance, kDrawing, "message=1ms..5ms,force=2ms,timeout=50ms; also recovery, every, horizon; exponential:3ms, lognormal:3ms:0.5", false, "a search tries every order of events: delays make no difference"},
    Option{"runs", 0, "N", Group::chance, set(Verb::estimate, Verb::blocking, Verb::sweep, Verb::report), "how many runs are counted, or with --width, at most; 10000 unless told"},
    Option{"width", 0, "W", Group::chance, set(Verb::estimate), "as many runs as it takes until no interval is wider, such as 0.01"},
    Option{"shard", 0, "I/N", Group::chance, set(Verb::estimate), "count only part I of N of the runs, with --json; merge puts the parts together"},
    Option{"rare", 0, "EVENT", Group::chance, set(Verb::estimate), "commits, aborts, blocked or breaks: the chance of it however small, by importance splitting"},
    Option{"at", 0, "TIMES", Group::chance, set(Verb::blocking), "when to look who is in doubt, counted from the beginning: 0,10ms,1.5s"},
    Option{"vary", 0, "AXIS=VALUES", Group::chance, set(Verb::sweep, Verb::blocking), "loss=0..0.1:11 (11 values, evenly), timeout=20ms,50ms, participants=2..5, protocol=2pc,3pc; given several times, all combinations", true},
    Option{"sweep", 0, "FILE", Group::chance, set(Verb::report), "curves from the rows of that file, which sweep wrote, instead of a few counted points"},
    Option{"tries", 0, "N", Group::chance, set(Verb::estimate), "also tell, by the product rule, the chance of a commit within up to N tries"},

    Option{"json", 0, "", Group::output, kTelling & ~set(Verb::report), "the answer as JSON", false, "a report is a page for people; check, run, estimate, compare and sweep tell the same as JSON"},
    Option{"output", 'o', "FILE", Group::output, kAll, "write the answer into a new file"},
    Option{"to", 0, "FILE", Group::output, kInFiles, "export: .tra, .sta and so on are added for PRISM, nothing for others; sweep: a file that holds rows of it already is gone on with"},
    Option{"format", 0, "NAME", Group::output, kInFiles | set(Verb::show), "export: prism, drn (Storm) or dot (Graphviz: all worlds), prism unless told; sweep: csv or ndjson, csv unless told; show: trace (JSON for replay), itf, shiviz, mermaid, dot, chrome, plantuml, ndjson or csv, instead of a table"},
    Option{"svg", 0, "", Group::output, set(Verb::show), "a picture in space and time: lanes, messages, the window of doubt"},
    Option{"scale", 0, "SCALE", Group::output, set(Verb::show), "of the picture: steps or time; time unless it is of a play"},
    Option{"orders", 0, "", Group::output, set(Verb::export_model), "the decision process over all orders of events, instead of the chain of virtual time"},
    Option{"exact", 0, "", Group::output, set(Verb::export_model), "chances as fractions; PRISM reads them in its exact mode only"},
    Option{"lesson", 0, "", Group::output, set(Verb::show), "the lesson that the scenario carries: its run, and questions on the way"},
    Option{"answers", 0, "", Group::output, set(Verb::show), "with the answers, and why; --verbose has them, too"},
    Option{"save", 0, "DIR", Group::output, kSaving, "save each run shown as a play in that folder"},
    Option{"junit", 0, "FILE", Group::output, set(Verb::check), "also write JUnit XML, for CI services"},
    Option{"sarif", 0, "FILE", Group::output, set(Verb::check), "also write SARIF 2.1.0, for code hosts"},
    Option{"force", 0, "", Group::output, kAll, "overwrite files"},
    Option{"quiet", 'q', "", Group::output, kSaying, "the result only"},
    Option{"verbose", 'v', "", Group::output, kTellingMore, "more about each step"},
    Option{"progress", 0, "WHEN", Group::output, kExhausting | set(Verb::sweep, Verb::report), "auto (if standard error is a terminal), on or off: a line that says how far it is"},
    Option{"color", 0, "WHEN", Group::output, kSaying, "auto (on a terminal, unless NO_COLOR is set), always or never"},
    Option{"help", 'h', "", Group::output, kAll, "the page that you read"},
    Option{"help-all", 0, "", Group::output, kAll, "the same, with every option explained"},
};

std::span<const Option> options() { return kOptions; }

std::vector<const Option*> options_of(Verb verb) {
  std::vector<const Option*> list;
  for (const Option& option : kOptions)
    if (option.of(verb)) list.push_back(&option);
  return list;
}

std::vector<const Option*> options_of_plays() {
  std::vector<const Option*> list;
  for (const Option& option : kOptions)
    if (option.asks()) list.push_back(&option);
  return list;
}

}  // namespace commitlab
