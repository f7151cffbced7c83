/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libFuzzer calls; replay.c calls it with the files of a corpus. */
#ifndef RIFT_TESTS_FUZZ_FUZZ_H
#define RIFT_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
