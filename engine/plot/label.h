/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that do not overlap: greedy placement around points. */
#ifndef RIFT_PLOT_LABEL_H
#define RIFT_PLOT_LABEL_H

#include <stdbool.h>
#include <stddef.h>

/** A point with its label, all in pixels of the chart. */
typedef struct rift_spot {
    double x, y, width, height; /**< point, and size of the label's box */
    double priority;            /**< higher is placed first */
    double label_x, label_y;    /**< out: left end and middle of the label */
    bool placed;                /**< out */
} rift_spot;

/**
 * Place labels right, left, above or below their points, by priority, wherever they
 * cover neither a point nor a label placed before and stay within the frame. Labels
 * that find no room stay unplaced.
 */
void rift_labels_place(rift_spot *spot, size_t n, double frame_width,
                       double frame_height);

#endif
