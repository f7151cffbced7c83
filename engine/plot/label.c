/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Greedy label placement; see Christensen, Marks and Shieber (1995) for the family. */
#include "plot/label.h"

#include <math.h>

enum { GAP = 7, POINT = 4, SIDES = 6 };

typedef struct box {
    double left, right, low, high;
} box;

static box label_box(const rift_spot *spot, int side)
{
    double x = spot->x, y = spot->y, w = spot->width, h = spot->height;
    double left = side == 0 || side == 4   ? x + GAP
                  : side == 1 || side == 5 ? x - GAP - w
                                           : x - w / 2;
    double middle = side == 2 || side == 4 ? y + GAP + h / 2 - (side == 4 ? GAP / 2 : 0)
                    : side == 3 || side == 5
                        ? y - GAP - h / 2 + (side == 5 ? GAP / 2 : 0)
                        : y;
    return (box){left, left + w, middle - h / 2, middle + h / 2};
}

static bool boxes_meet(box a, box b)
{
    return a.left < b.right && b.left < a.right && a.low < b.high && b.low < a.high;
}

static bool box_free(const rift_spot *spot, size_t n, size_t own, box wanted)
{
    for (size_t i = 0; i < n; i++) {
        box point = {spot[i].x - POINT, spot[i].x + POINT, spot[i].y - POINT,
                     spot[i].y + POINT};
        if (i != own && boxes_meet(wanted, point)) {
            return false;
        }
        if (spot[i].placed) {
            box label = {spot[i].label_x, spot[i].label_x + spot[i].width,
                         spot[i].label_y - spot[i].height / 2,
                         spot[i].label_y + spot[i].height / 2};
            if (boxes_meet(wanted, label)) {
                return false;
            }
        }
    }
    return true;
}

static size_t next_by_priority(const rift_spot *spot, size_t n, double below,
                               size_t after)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        bool later =
            spot[i].priority < below || (spot[i].priority == below && i > after);
        if (later && (best == n || spot[i].priority > spot[best].priority)) {
            best = i;
        }
    }
    return best;
}

void rift_labels_place(rift_spot *spot, size_t n, double frame_width,
                       double frame_height)
{
    double below = INFINITY;
    size_t at = n;
    for (size_t done = 0; done < n; done++) {
        at = next_by_priority(spot, n, below, at);
        if (at == n) {
            return;
        }
        below = spot[at].priority;
        for (int side = 0; side < SIDES; side++) {
            box wanted = label_box(&spot[at], side);
            if (wanted.left >= 0 && wanted.right <= frame_width && wanted.low >= 0 &&
                wanted.high <= frame_height && box_free(spot, n, at, wanted)) {
                spot[at].placed = true;
                spot[at].label_x = wanted.left;
                spot[at].label_y = (wanted.low + wanted.high) / 2;
                break;
            }
        }
    }
}
