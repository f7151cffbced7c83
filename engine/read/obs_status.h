/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What providers say of a value, as codes of the SDMX list OBS_STATUS. */
#ifndef RIFT_READ_OBS_STATUS_H
#define RIFT_READ_OBS_STATUS_H

#include "rift.h"

/**
 * The status that a provider's text stands for: letters as Eurostat and SDMX write them
 * ("be", "E"), or words ("Break, estimated", "ITU estimate."). What has no code here
 * (confidential, low reliability, ...) is 0 and `known` tells whether it was
 * understood.
 */
uint8_t rift_obs_status_read(const char *text, size_t n, bool *known);

/** Whether a remark or a source says that the value is an estimate. */
uint8_t rift_obs_status_of_remark(const char *text, size_t n);

#endif
