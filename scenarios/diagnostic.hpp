// What is wrong with an input, where, and what would be right: one form for scenarios, plays, traces and options.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

/// One fault of an input. What the author wrote appears in `message` and `hint` only through in_quotes() or escaped().
struct Diagnostic {
  enum class Severity { error, warning };

  Severity severity = Severity::error;
  std::string code;     // "E1203", "W2001"
  std::string file{};   // as the user named it; empty: no file, but options
  int line = 0;         // from 1; 0: no place
  int column = 0;       // from 1, counts code points
  std::string pointer{};  // JSON pointer (RFC 6901); empty: the whole document
  std::string message{};
  std::string hint{};     // empty: none
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// All that is wrong with one input, in order of position: the first 20 errors, as many warnings, and how many are left out.
class Diagnostics {
 public:
  static constexpr std::size_t kMostShown = 20;

  void add(Diagnostic found);
  /// Whether an error at that place would be among those shown.
  bool would_show(int line, int column) const;
  bool any_error() const { return !errors_.empty(); }
  bool empty() const { return errors_.empty() && warnings_.empty(); }
  std::span<const Diagnostic> errors() const { return errors_; }
  std::span<const Diagnostic> warnings() const { return warnings_; }
  /// Errors found that are not among errors().
  std::size_t errors_left_out() const { return errors_left_out_; }
  std::size_t error_count() const { return errors_.size() + errors_left_out_; }

 private:
  std::vector<Diagnostic> errors_;
  std::vector<Diagnostic> warnings_;
  std::size_t errors_left_out_ = 0;
};

/// `error[E1203] scenario.json:14:22 /faults/crashes: expected ...`, and a line with the hint if there is one; each line
/// ends in a newline. Printable ASCII, whatever the file and its name contain.
std::string to_text(const Diagnostic& diagnostic);
/// Errors, "and N more errors" if some are left out, then warnings.
std::string to_text(const Diagnostics& findings);

/// One JSON object per finding, under a `schema` key; printable ASCII.
std::string to_json(const Diagnostics& findings);

/// What the program returns: 65 for bad content, 64 for a question that cannot be asked, 66 for a file that cannot be
/// read; 0 without errors.
int exit_code(const Diagnostics& findings);

/// Text of unknown origin as printable ASCII: control characters, quotes and all that is not ASCII become \u{...}, \",
/// \n and the like; a byte that is not UTF-8 becomes \x{..}. Cut to `most` characters, then "..." follows.
std::string escaped(std::string_view text, std::size_t most = 60);
/// The same in double quotes.
std::string in_quotes(std::string_view text);

/// The code point that `text`, not empty, begins with, and its bytes; a byte that is not UTF-8 stands for itself.
struct CodePoint {
  char32_t value;
  std::size_t bytes;
  bool valid;
};
CodePoint first_code_point(std::string_view text);

/// "U+202E".
std::string code_point_name(char32_t value);

}  // namespace commitlab
