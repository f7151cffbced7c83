/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Detached signatures, checked by the programs that made them. */
#ifndef RIFT_RUN_SIGNATURE_H
#define RIFT_RUN_SIGNATURE_H

#include "rift.h"

/**
 * Whether a signature of a file is valid: one of minisign by `minisign`, any other by
 * `gpg`, as child processes. What they say goes to nobody.
 *
 * @param key      public key file of minisign, or keyring of gpg; NULL: those that the
 *                 program takes by itself
 * @param program  which was asked; a constant
 * @return         RIFT_ERR_DATA where the signature cannot be read; RIFT_ERR_SYSTEM
 * where the program is missing
 */
RIFT_CHECKED rift_status rift_signature_check(const char *file, const char *signature,
                                              const char *key, rift_diag *diag,
                                              const char **program, bool *valid);

#endif
