# SPDX-License-Identifier: GPL-3.0-or-later
# A build folder names its sources by their absolute paths. Copied together with them, it would
# build those that it was copied from and say that nothing has changed; it is refused instead:
# before anything is built (as a script, with THERE, SOURCE and NINJA), and when the copy makes
# CMake run again.
function(rift_refuse_copy here there source)
  if(NOT EXISTS "${here}/CMakeCache.txt")
    return()
  endif()
  file(REAL_PATH "${here}" here_real)
  file(REAL_PATH "${there}" there_real)
  file(STRINGS "${here}/CMakeCache.txt" made_in REGEX "^CMAKE_CACHEFILE_DIR:INTERNAL=")
  if(here_real STREQUAL there_real OR NOT made_in STREQUAL "CMAKE_CACHEFILE_DIR:INTERNAL=${there}")
    return()
  endif()
  get_filename_component(preset "${here}" NAME)
  message(FATAL_ERROR "The build folder ${here} is a copy of ${there}: it would build the sources in "
    "${source}, not those it lies among. Make it anew, in the folder that holds the sources:\n"
    "  sh setup.sh run\nor\n  cmake --fresh --preset ${preset} && cmake --build --preset ${preset}\n")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  # Ninja changes into the folder that it was made for, make stays where it was called.
  if(NINJA)
    rift_refuse_copy("$ENV{OLDPWD}" "${THERE}" "${SOURCE}")
  else()
    rift_refuse_copy("${CMAKE_CURRENT_BINARY_DIR}" "${THERE}" "${SOURCE}")
  endif()
endif()
