/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Detached signatures, checked by the programs that made them. */
#ifndef RIFT_RUN_SIGNATURE_H
#define RIFT_RUN_SIGNATURE_H

#include "core/text.h"

/** Paths; those with the same name in a home folder of the program are others. */
typedef struct rift_signature {
    const char *file, *signature;
    const char *key; /**< public key of minisign, or keys of gpg, armoured, binary or a
                          keyring, and no others then; NULL: those that the program
                          takes by itself */
} rift_signature;

/**
 * Whether a signature of a file is valid: one of minisign by `minisign`, any other by
 * `gpg`, as child processes.
 *
 * @param detail  is given the program, and of gpg why a signature is not valid and who
 *                signed
 * @return        RIFT_ERR_DATA where the signature is none, or the key; RIFT_ERR_SYSTEM
 *                where a file cannot be opened or the program is missing
 */
RIFT_CHECKED rift_status rift_signature_check(const rift_signature *signature,
                                              rift_diag *diag, bool *valid,
                                              rift_text *detail);

/** That a program cannot be run, with errno. */
rift_status rift_signature_no_program(const char *program, rift_diag *diag);

#endif
