// SPDX-License-Identifier: GPL-3.0-or-later
// Inequality of a few values, from C++.
#include <cstdio>
#include <rift.h>
#include <vector>

int main()
{
    const std::vector<double> x = {35.0, 64.4, 87.1, 95.2};
    double gini = 0;
    const rift_status status = rift_gini(x.data(), nullptr, x.size(), &gini);
    std::printf("rift %s: gini %.6f, theil %.6f\n", rift_version(), gini,
                rift_theil_t(x.data(), nullptr, x.size()));
    return status == RIFT_OK ? 0 : 1;
}
