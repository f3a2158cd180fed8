#include <algorithm>

#include "commands/completion.hpp"

namespace commitlab {

static std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

// Within single quotes of bash and zsh.
static std::string shell_quoted(std::string_view text) {
  std::string quoted;
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + quoted + "'";
}

static std::string spellings(const Option& option) { return dashed(option.name) + (option.letter != 0 ? std::string("|-") + option.letter : ""); }

// bash

static std::string bash_offer(const Offer& offer) {
  std::string commands;
  if (!offer.words.empty()) commands += std::string(offer.list ? "_commitlab_list " : "_commitlab_words ") + shell_quoted(joined(offer.words)) + "; ";
  if (offer.files) commands += "_commitlab_files -f; ";
  if (offer.folders) commands += "_commitlab_files -d; ";
  return commands.empty() ? "" : commands.substr(0, commands.size() - 1) + " ";
}

static std::string bash_verb(const OfferedVerb& verb) {
  std::string text = "    " + verb.name + ")\n      case $before in\n";
  std::vector<std::string> names, flags;
  for (const auto& [option, value] : verb.options) {
    names.push_back(dashed(option->name));
    if (!option->is_flag()) text += "        " + spellings(*option) + ") " + bash_offer(value) + "return ;;\n";
  }
  text += "      esac\n      [[ $word == -* ]] && { _commitlab_words " + shell_quoted(joined(names)) + "; return; }\n";
  return text + "      " + (bash_offer(verb.offer).empty() ? "" : bash_offer(verb.offer)) + ";;\n";
}

std::string bash_completion(const std::vector<OfferedVerb>& verbs, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& verb : verbs) names.push_back(verb.name);
  std::string text = "# Completes " + name + " in bash: source this, or keep it in ~/.local/share/bash-completion/completions/" + name + ".\n" + R"(
_commitlab_words() { COMPREPLY+=($(compgen -W "$1" -- "$word")); }
_commitlab_list() {
  local chosen=
  [[ $word == *,* ]] && chosen=${word%,*},
  COMPREPLY+=($(compgen -P "$chosen" -W "$1" -- "${word##*,}"))
}
_commitlab_files() {
  compopt -o filenames 2>/dev/null
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen "$1" -- "$word")
}
_commitlab() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";
  text += "  if ((COMP_CWORD == 1)); then\n    _commitlab_words " + shell_quoted(joined(names) + " --help --version") + "\n    return\n  fi\n  case ${COMP_WORDS[1]} in\n";
  for (const auto& verb : verbs) text += bash_verb(verb);
  return text + "  esac\n}\ncomplete -F _commitlab " + name + "\n";
}

// zsh

// In a description of _arguments and _describe.
static std::string described(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += (c == '[' || c == ']' || c == ':' || c == '\\' ? "\\" : "") + std::string(1, c);
  return escaped;
}

static std::string zsh_offer(const Offer& offer) {
  if (offer.list) return "{_values -s , word " + joined(offer.words) + "}";
  if (offer.files && !offer.words.empty()) return "{_alternative \"words:word:(" + joined(offer.words) + ")\" \"files:file:_files\"}";
  if (offer.files) return "_files";
  if (offer.folders) return "_files -/";
  return offer.words.empty() ? "" : "(" + joined(offer.words) + ")";
}

static std::string zsh_option(const Option& option, const Offer& value, const std::string& spelling, bool is_long) {
  const std::string repeats = option.repeats ? "*" : option.letter == 0 ? "" : "(" + dashed(option.name) + " -" + std::string(1, option.letter) + ")";
  std::string text = repeats + spelling + (option.is_flag() ? "" : is_long ? "=" : "+") + "[" + described(option.help) + "]";
  if (!option.is_flag()) text += ":" + described(option.value) + ":" + zsh_offer(value);
  return "        " + shell_quoted(text) + " \\\n";
}

static std::string zsh_verb(const OfferedVerb& verb) {
  std::string text = "    " + verb.name + ")\n      _arguments -s : \\\n";
  for (const auto& [option, value] : verb.options) {
    text += zsh_option(*option, value, dashed(option->name), true);
    if (option->letter != 0) text += zsh_option(*option, value, std::string("-") + option->letter, false);
  }
  if (verb.operand.empty()) return text + "        && return\n      ;;\n";
  const bool several = verb.operand.ends_with("...");
  return text + "        " + shell_quoted((several ? "*:" : "1:") + described(verb.operand) + ":" + zsh_offer(verb.offer)) + "\n      ;;\n";
}

std::string zsh_completion(const std::vector<OfferedVerb>& verbs, const std::string& name) {
  std::string text = "#compdef " + name + "\n# Completes " + name + " in zsh: keep this as _" + name + " in a folder of $fpath, or source it after compinit.\n\n";
  text += "_commitlab() {\n  local -a verbs=(\n";
  for (const auto& verb : verbs) text += "    " + shell_quoted(described(verb.name) + ":" + verb.summary) + "\n";
  text += "  )\n  if ((CURRENT == 2)); then\n    _describe verb verbs\n    return\n  fi\n  local verb=$words[2]\n  shift words\n  ((CURRENT--))\n  case $verb in\n";
  for (const auto& verb : verbs) text += zsh_verb(verb);
  return text + "  esac\n}\n\nif [[ ${funcstack[1]} == _" + name + " || ${funcstack[1]} == _commitlab ]]; then\n  _commitlab \"$@\"\nelse\n  compdef _commitlab " + name + "\nfi\n";
}

// fish

static std::string fish_quoted(std::string_view text) {
  std::string quoted;
  for (const char c : text) quoted += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
  return "'" + quoted + "'";
}

static std::string fish_words(const Offer& offer) { return offer.words.empty() ? "" : " -a " + fish_quoted(joined(offer.words)); }

std::string fish_completion(const std::vector<OfferedVerb>& verbs, const std::string& name) {
  const std::string complete = "complete -c " + name;
  std::string text = "# Completes " + name + " in fish: source this, or keep it as ~/.config/fish/completions/" + name + ".fish.\n\n" + complete + " -f\n";
  for (const auto& verb : verbs) text += complete + " -n __fish_use_subcommand -a " + verb.name + " -d " + fish_quoted(verb.summary) + "\n";
  text += complete + " -n __fish_use_subcommand -l version -d 'which this is'\n" + complete + " -n __fish_use_subcommand -l help -d 'what there is'\n";
  for (const auto& verb : verbs) {
    const std::string of_verb = complete + " -n '__fish_seen_subcommand_from " + verb.name + "'";
    text += "\n";
    if (!verb.operand.empty()) text += of_verb + (verb.offer.files ? " -F" : " -f") + fish_words(verb.offer) + "\n";
    for (const auto& [option, value] : verb.options) {
      text += of_verb + " -l " + std::string(option->name) + (option->letter != 0 ? std::string(" -s ") + option->letter : "");
      if (!option->is_flag()) text += value.files ? " -r -F" : value.folders ? " -x -a '(__fish_complete_directories)'" : " -x" + fish_words(value);
      text += " -d " + fish_quoted(option->help) + "\n";
    }
  }
  return text;
}

}  // namespace commitlab
