/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file rift.h
 * The public interface of Rift, the engine that measures the digital divide.
 *
 * The nouns: a `rift_study` (what to do) names an `rift_index` (how to score) and
 * files; reading them gives a `rift_panel` (indicator x year x country); `rift_compute`
 * turns panel and index into `rift_scores`; `rift_divide_compute` measures the
 * distances between countries. A `rift_result` holds all of it and is what the HDF5
 * file keeps.
 *
 * Rules that hold for every function here:
 * - the caller owns the struct, the struct owns its arrays; `free` works on `{0}`,
 * after failure and twice;
 * - outputs come last and are untouched on failure;
 * - missing is NaN; nothing prints, exits or changes the locale;
 * - where and why something failed is added to the `rift_diag` that the caller passes.
 */
#ifndef RIFT_H
#define RIFT_H

#include "rift/chart.h"
#include "rift/method.h"
#include "rift/view.h"

#endif
