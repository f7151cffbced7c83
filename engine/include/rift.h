/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file rift.h
 * The public interface of Rift, the engine that measures the digital divide.
 *
 * The nouns: a `rift_study` (what to do) names an `rift_index` (how to score) and
 * files; reading them gives a `rift_panel` (indicator x year x country); `rift_compute`
 * turns panel and index into `rift_scores`. A `rift_result` holds all of it and is what
 * the HDF5 file keeps; `rift_analyse` puts questions to it, `rift_view_make` shows it;
 * both give a `rift_table`, whose columns say what they are. `rift_run` does what
 * `rift run` does.
 *
 * Rules that hold for every function here:
 * - The caller owns the struct, the struct owns its arrays and texts; `free` works on
 *   `{0}`, after failure and twice. Settings, requests and choices are the other way
 *   round: their texts and arrays stay the caller's, are read during the call, and
 *   nothing keeps them. What is `new` in a comment is freed by free().
 * - Outputs come last and are untouched on failure.
 * - A missing value is NaN. Memory that ran out is never one: it is RIFT_ERR_MEMORY,
 *   or false where a function says so.
 * - Nothing prints, exits, changes the locale or the working directory. Where and why
 *   something failed is added to the `rift_diag` that the caller passes.
 * - Functions may run in any threads at once as long as none changes a struct that
 *   another reads; a `rift_diag` counts as changed. Some start threads of their own and
 *   end them before they return. rift_store_write and rift_store_read are for one
 *   thread at a time, as HDF5 is.
 * - GSL's error handler, which ends the process, is switched off for the process when
 *   the library is loaded. A program that sets one of its own afterwards gets the
 *   errors that Rift expects and handles.
 * - Until 1.0 every struct may grow and every enum may get members with a new minor
 *   version, and the soname changes then: begin structs with `{0}` or by names of
 *   members, and build again. RIFT_STATUS_END and the like stand behind the last
 *   member. Never copy a struct that owns something.
 *
 * rift/method.h, which is not included here, is for authors of methods: the tables of
 * each step, and what their functions get.
 */
#ifndef RIFT_H
#define RIFT_H

#include "rift/analysis.h"
#include "rift/chart.h"
#include "rift/exchange.h"
#include "rift/list.h"
#include "rift/run.h"
#include "rift/view.h"

#endif
