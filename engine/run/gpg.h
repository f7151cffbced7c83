/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gpg says of a detached signature. */
#ifndef RIFT_RUN_GPG_H
#define RIFT_RUN_GPG_H

#include "core/text.h"
#include "run/signature.h"

/** Ask gpg; as rift_signature_check, of paths that no program takes for anything but
    paths. */
RIFT_CHECKED rift_status rift_gpg_check(const rift_signature *signature,
                                        rift_diag *diag, bool *valid,
                                        rift_text *detail);

#endif
