#include "reports/explorer_page.hpp"

#include "reports/page.hpp"

namespace commitlab {

std::string explorer_page(const Explored& about, const FrozenGraph& graph) {
  const std::string heading = about.title.empty() ? graph.protocol + ": " + graph.summary : about.title;
  Page page{.title = heading, .styles = {"page.css", "explorer.css"}};
  page.scripts = {"graph.js", "elements.js", "explorer_walk.js", "explorer_forecast.js", "explorer_lesson.js", "explorer_messages.js", "explorer_marks.js", "explorer_pieces.js", "explorer_lanes.js", "explorer_picture.js", "explorer_blame.js", "explorer_board.js", "explorer.js"};
  page.body = "<header>\n<h1>" + html_text(heading) + "</h1>\n</header>\n<main id=\"explorer\">\n";
  page.body += "<noscript><p>This page needs scripts, which are in it: it asks nothing of any network.</p></noscript>\n</main>\n";
  page.data = explorer_data(about, graph, DataFor::page);
  return html(page);
}

}  // namespace commitlab
