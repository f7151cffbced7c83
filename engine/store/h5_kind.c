/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/h5_kind.h"

char rift_h5_letter(hid_t type, hid_t *memory)
{
    size_t size = H5Tget_size(type);
    *memory = -1;
    switch (H5Tget_class(type)) {
    case H5T_FLOAT:
        *memory = H5Tcopy(H5T_NATIVE_DOUBLE);
        return size <= 8 ? 'd' : '\0';
    case H5T_INTEGER: {
        bool is_signed = H5Tget_sign(type) == H5T_SGN_2;
        *memory = H5Tget_native_type(type, H5T_DIR_ASCEND);
        return *memory < 0 ? '\0'
               : size == 1 ? (is_signed ? 'b' : 'B')
               : size == 2 ? (is_signed ? 'h' : 'H')
               : size == 4 ? (is_signed ? 'i' : 'I')
               : size == 8 ? (is_signed ? 'q' : 'Q')
                           : '\0';
    }
    case H5T_STRING:
        *memory = H5Tcopy(type);
        return 's';
    default:
        return '\0';
    }
}

bool rift_h5_is_reference(hid_t type)
{
    H5T_class_t class = H5Tget_class(type);
    return H5Tdetect_class(type, H5T_REFERENCE) > 0 &&
           (class == H5T_REFERENCE || class == H5T_VLEN || class == H5T_COMPOUND);
}

bool rift_h5_is_own(hid_t dataset)
{
    hid_t made = H5Dget_create_plist(dataset);
    bool own = made >= 0 && H5Pget_external_count(made) == 0 &&
               H5Pget_layout(made) != H5D_VIRTUAL;
    int n = own ? H5Pget_nfilters(made) : 0;
    own = own && n >= 0;
    for (int i = 0; own && i < n; i++) {
        unsigned flags = 0, detail = 0;
        size_t n_value = 0;
        H5Z_filter_t filter =
            H5Pget_filter2(made, (unsigned)i, &flags, &n_value, NULL, 0, NULL, &detail);
        own = filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE ||
              filter == H5Z_FILTER_FLETCHER32;
    }
    H5Pclose(made);
    return own;
}
