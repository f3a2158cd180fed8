# Writes a C++ source that holds the files of a folder, with their SHA-256, so that the program needs no file beside it:
#   cmake -DFOLDER=reports/pages -DOUTPUT=embedded_pages.cpp -P cmake/embed.cmake
file(GLOB files "${FOLDER}/*.css" "${FOLDER}/*.js")
list(SORT files)
set(source "// Made from ${FOLDER} by cmake/embed.cmake.\n#include \"reports/page.hpp\"\n\nnamespace commitlab {\n\n")
string(APPEND source "static constexpr PagePart kParts[] = {\n")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  file(SHA256 "${file}" digest)
  string(APPEND source "    {\"${name}\", \"${digest}\", R\"__page__(${text})__page__\"},\n")
endforeach()
string(APPEND source "};\n\nstd::span<const PagePart> page_parts() { return kParts; }\n\n}  // namespace commitlab\n")
file(WRITE "${OUTPUT}" "${source}")
