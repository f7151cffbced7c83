# SPDX-License-Identifier: GPL-3.0-or-later
# Writes text files as C arrays: cmake -DOUT=assets.c -DFILES="a;b" -P embed.cmake
set(code "/* Made by embed.cmake. */\n#include \"core/asset.h\"\n\n")
set(rows "")
set(number 0)
foreach(file ${FILES})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  get_filename_component(name ${file} NAME)
  string(APPEND code "static const unsigned char asset_${number}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", (const char *)asset_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND code "const rift_asset rift_assets[] = {\n${rows}};\n"
  "const size_t rift_n_assets = sizeof rift_assets / sizeof *rift_assets;\n")
file(WRITE ${OUT} "${code}")
