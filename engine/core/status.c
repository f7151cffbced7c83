/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status codes in words, and the version. */
#include "core/status.h"

const char *rift_status_text(rift_status status)
{
    switch (status) {
    case RIFT_OK:
        return "done";
    case RIFT_ERR_DATA:
        return "the data are wrong";
    case RIFT_ERR_DEFINITION:
        return "a definition is wrong";
    case RIFT_ERR_USAGE:
        return "wrong usage";
    case RIFT_ERR_GOALPOST:
        return "goalposts must be finite, the low below the high";
    case RIFT_ERR_CONSTANT:
        return "the values are constant";
    case RIFT_ERR_DOMAIN:
        return "a value is outside the method's domain";
    case RIFT_ERR_OPPOSED:
        return "it falls where the others rise";
    case RIFT_ERR_REFERENCE:
        return "the country compared with has no value";
    case RIFT_ERR_WORST:
        return "what is to be reached is no better than the worst value";
    case RIFT_ERR_SYSTEM:
        return "the system failed";
    case RIFT_ERR_MEMORY:
        return "out of memory";
    case RIFT_ERR_STOPPED:
        return "stopped";
    case RIFT_STATUS_END:
        break;
    }
    return "unknown status";
}

/* The list of statuses is in this order, and nobody else may know it. */
rift_status rift_status_worse(rift_status a, rift_status b)
{
    return a > b ? a : b;
}

const char *rift_version(void)
{
    return RIFT_VERSION;
}
