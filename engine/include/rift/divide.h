/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances between countries: inequality, decomposition. Part of rift.h. */
#ifndef RIFT_DIVIDE_H
#define RIFT_DIVIDE_H

#include "rift/data.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rift_unit_weight { RIFT_UNWEIGHTED, RIFT_BY_PEOPLE } rift_unit_weight;

/** Distances between countries. Variables are the nodes, then further series. */
typedef struct rift_divide {
    size_t n_variable, n_measure, n_grouping, n_year;
    char **variable, **variable_name;
    char **measure; /**< names of rift_measures */
    char **grouping;
    double *value;       /**< [measure][2][variable][year]; 2: unweighted, by people */
    int32_t *n;          /**< [measure][2][variable][year] countries used */
    double *between;     /**< [grouping][2][variable][year] Theil T between groups */
    double *within;      /**< [grouping][2][variable][year] Theil T within groups */
    size_t n_group;      /**< groups of all groupings, in their order */
    double *group_mean;  /**< [group][2][variable][year] mean of the members */
    int32_t *group_n;    /**< [group][2][variable][year] members with a value */
    double *group_share; /**< [group][2][variable][year] their share of the group */
    /** Sigma convergence, as `sigma-trend` has it on ln, each [2][variable]: change of
        the standard deviation of ln x a year of the same countries, its standard error
        and its p, both allowing for autocorrelation. */
    double *slope, *slope_se, *slope_p;
} rift_divide;

RIFT_API void rift_divide_free(rift_divide *divide);

/* Each takes n values x without NaN and weights w that sum to 1 (NULL: equal weights),
   and gives NaN where it is undefined: no values, a negative one, a mean of 0, and for
   Theil L and Atkinson of epsilon >= 1 a value of 0. One value gives 0. Those that need
   memory give a status, RIFT_OK or RIFT_ERR_MEMORY. */
RIFT_API RIFT_CHECKED rift_status rift_gini(const double *x, const double *w, size_t n,
                                            double *gini);
RIFT_API double rift_hoover(const double *x, const double *w, size_t n);
RIFT_API double rift_atkinson(const double *x, const double *w, size_t n,
                              double epsilon);
RIFT_API double rift_theil_t(const double *x, const double *w, size_t n);
RIFT_API double rift_theil_l(const double *x, const double *w, size_t n);
RIFT_API double rift_cv(const double *x, const double *w, size_t n);
/* These take ascending values. */
RIFT_API double rift_gini_sorted(const double *x, const double *w, size_t n);
/** Gini of values of which each, with its weight, counts so often. */
RIFT_API double rift_gini_counted(const double *x, const double *w,
                                  const uint16_t *count, size_t n);
/** Share of the total that the lowest share p of the weights has: a point of the Lorenz
    curve, straight lines between the countries. */
RIFT_API double rift_lorenz(const double *x, const double *w, size_t n, double p);
RIFT_API double rift_wolfson(const double *x, const double *w, size_t n);
RIFT_API double rift_esteban_ray(const double *x, const double *w, size_t n,
                                 double alpha);
/**
 * Esteban-Ray over the k groups that hide least, less beta times the Gini that they
 * hide: G - G of the groups. NaN for k < 2, or fewer values than groups. Esteban,
 * Gradin and Ray (2007).
 */
RIFT_API RIFT_CHECKED rift_status rift_esteban_gradin_ray(const double *x,
                                                          const double *w, size_t n,
                                                          size_t k, double alpha,
                                                          double beta, double *egr);
/**
 * sum_i w_i f(x_i)^alpha a(x_i), times mean^(alpha-1) so that units do not matter: f a
 * Gaussian kernel density with h = 4.7 n^-0.5 sd alpha^0.1, sd with divisor n - 1, a(x)
 * the mean distance from x. NaN where no two values differ. Duclos, Esteban and Ray
 * (2004), theorem 2 and equation 19.
 */
RIFT_API double rift_duclos_esteban_ray(const double *x, const double *w, size_t n,
                                        double alpha);
/** The bandwidth of the rule above; NaN where that is undefined. */
RIFT_API double rift_duclos_bandwidth(const double *x, const double *w, size_t n,
                                      double alpha);
/** The same measure by a bandwidth h of one's own, in the unit of x; h not above 0: the
    rule's. */
RIFT_API double rift_duclos_esteban_ray_by(const double *x, const double *w, size_t n,
                                           double alpha, double h);
/** Concentration index of y over the rank of `by`; ties share their mean rank. */
RIFT_API RIFT_CHECKED rift_status rift_concentration(const double *y, const double *by,
                                                     const double *w, size_t n,
                                                     double *concentration);

typedef enum rift_time_kind {
    RIFT_TIME_UNKNOWN,  /**< no year in which both have a value, or no limit */
    RIFT_TIME_EXACT,    /**< both reached the level between two of their years */
    RIFT_TIME_AT_LEAST, /**< b was there from its first year on, maybe before */
    RIFT_TIME_AT_MOST   /**< a was, so that it may have been there earlier */
} rift_time_kind;

/** A distance in time. */
typedef struct rift_time_gap {
    double
        level; /**< at which it is taken: the lower of both, in the last common year */
    double years; /**< that a lies behind b; below 0: ahead */
    rift_time_kind kind;
} rift_time_gap;

/**
 * How many years path a lies behind path b at the lower of their values in the last
 * year in which both have one: when a first reached it less when b did, by straight
 * lines between their values. A small gap in percent may be a long one in time. Who was
 * there from its first year on makes it a limit (rift_time_between); where both were,
 * it is unknown, years are NaN and the level stands. Sicherl (1973, 2011).
 *
 * @param year  n ascending years; a and b may hold NaN
 */
RIFT_API rift_time_gap rift_time_distance(const double *year, const double *a,
                                          const double *b, size_t n);

/** What is known of the year in which a path reached a level. */
typedef enum rift_reach_kind {
    RIFT_REACH_NO_VALUE, /**< the path is empty */
    RIFT_REACHED,        /**< between two of its values */
    RIFT_REACHED_BEFORE, /**< it was there at its first value */
    RIFT_NOT_YET         /**< it was not there up to its last value */
} rift_reach_kind;

/** When a path reached a level. */
typedef struct rift_reached {
    rift_reach_kind kind;
    double year; /**< of its first value, of its last, where that is all there is */
} rift_reached;

/** When a path first was at a level or above it, by straight lines between its values;
    `y` may hold NaN. */
RIFT_API rift_reached rift_level_reached(const double *year, const double *y, size_t n,
                                         double level);

/**
 * S-time-distance at a level of one's choice, S(X) = t_a(X) - t_b(X). Sicherl (1973,
 * 2011). Where one year is a limit, so is the distance: at least, where a is not there
 * yet or b was before; at most, where a was before or b is not there yet. Both not yet
 * or both before: unknown, NaN. `level` of the result is NaN.
 */
RIFT_API rift_time_gap rift_time_between(rift_reached a, rift_reached b);

/** Indices of mobility between k classes, each 0 where nobody moves. */
typedef struct rift_mobility {
    double shorrocks_trace;       /**< (k - trace P) / (k - 1). Shorrocks (1978) */
    double shorrocks_determinant; /**< 1 - |det P|. Shorrocks (1978) */
    double sommers_conlisk; /**< 1 - |second eigenvalue|. Sommers and Conlisk (1979) */
    double unconditional_leaving; /**< (k - k sum pi_i p_ii) / (k - 1). Bartholomew
                                     (1967) */
    double bartholomew; /**< sum pi_i p_ij |i - j| / (k - 1). Bartholomew (1967) */
    double half_life;   /**< steps in which half the way to the ergodic is gone; NaN
                             where none is neared: it is not the only one, or the chain
                             goes round. 0 where one step leads there */
} rift_mobility;

/**
 * A Markov chain from counts of moves. A class from which no move is counted, not even
 * one to itself, is left out with the moves into it: its probabilities are NaN, and the
 * ergodic distribution has nobody there. All indices are NaN for fewer than two
 * classes.
 *
 * @param count  [k][k] moves from class i to j
 * @param start  [k] distribution for Bartholomew's indices; NULL: the ergodic one
 * @param p      gets [k][k] probabilities, rows sum to 1
 * @param pi     gets [k] the ergodic distribution; NaN where there is more than one,
 * which is told by the classes that can be reached from each. Kemeny and Snell
 *               (1960), 2.4
 * @return       RIFT_ERR_USAGE for k < 2
 */
RIFT_API RIFT_CHECKED rift_status rift_markov(const double *count, size_t k,
                                              const double *start, double *p,
                                              double *pi, rift_mobility *mobility);

/**
 * Test that a chain is the same in every period: sum of (n_ij|s - n_i|s p_ij)^2 /
 * (n_i|s p_ij), chi-squared under it. Anderson and Goodman (1957); Bickenbach and Bode
 * (2003) for its degrees of freedom where some moves never happen.
 *
 * @param count  [n_period][k][k] moves
 * @return       RIFT_ERR_USAGE for fewer than two classes or periods
 */
RIFT_API RIFT_CHECKED rift_status rift_markov_homogeneity(const double *count,
                                                          size_t n_period, size_t k,
                                                          double *chi2, double *df,
                                                          double *p);

/** Growth over a number of years, regressed on where it began. */
typedef struct rift_beta {
    size_t n;
    double slope, slope_se, p; /**< b, below 0 where those behind grow faster */
    double speed;              /**< lambda, the share of a gap that closes a year */
    double half_life; /**< years until half a gap is closed; NaN where none closes */
} rift_beta;

/**
 * (1/T) ln(x_T / x_0) = a + b ln x_0; lambda = -ln(1 + b T) / T. Barro and
 * Sala-i-Martin (1992). With a ceiling, of logits ln(x / (ceiling - x)): shares
 * converge by their ln alone as they near it.
 *
 * @param first, last  n values, NaN where missing; those outside the scale are ignored
 * @param ceiling      of a bounded x, or NaN
 * @return             RIFT_ERR_USAGE for years <= 0; all NaN for fewer than three
 * values
 */
RIFT_API RIFT_CHECKED rift_status rift_beta_convergence(const double *first,
                                                        const double *last, size_t n,
                                                        double years, double ceiling,
                                                        rift_beta *beta);

/** One-sided, 5 %. */
#define RIFT_LOG_T_CRITICAL (-1.65)

/** A log t test: reject convergence at 5 % where t < -1.65. b >= 2 says that levels
    converge, 0 <= b < 2 that growth does. NaN where all are equal in some period. */
typedef struct rift_log_t {
    double b, se, t;
    size_t n; /**< countries */
} rift_log_t;

/** Clubs of countries that converge within themselves, the highest first. */
typedef struct rift_clubs {
    size_t n_club;
    rift_log_t all;   /**< do all converge together? */
    rift_log_t *test; /**< [n_club] */
    int32_t *club;    /**< [n] club of each country, -1 for none */
    size_t n_before;  /**< the same before neighbours were merged */
    rift_log_t *test_before;
    int32_t *club_before;
} rift_clubs;

/** The conventions of the log t test, which programs do not share. `{0}` with a start
   of 1/3 and merging gives the values that Phillips and Sul (2009) printed. */
typedef struct rift_clubs_settings {
    double start;     /**< r: share of the periods that the regression drops, 0 to 1 */
    bool at_start;    /**< it begins in the period [rT]; else after it */
    bool independent; /**< errors of least squares; else Andrews (1991) */
    double sieve;     /**< c*: t beside the core from which a country may join; it is
                           raised until the club passes the test */
    bool merge;       /**< join neighbouring clubs that pass the test together */
} rift_clubs_settings;

/**
 * Test whether all converge, and find clubs where they do not. Phillips and Sul (2007),
 * by their conventions or others.
 *
 * @param x      [n][n_time] values above 0, their trend rather than themselves
 * @return       RIFT_ERR_DOMAIN for fewer than two countries or too few periods
 */
RIFT_API RIFT_CHECKED rift_status rift_clubs_find(const double *x, size_t n,
                                                  size_t n_time,
                                                  const rift_clubs_settings *how,
                                                  rift_clubs *clubs);
/** The first period of the regression, from 0: at least the second, for log log 1 is
    none. */
RIFT_API size_t rift_clubs_first(size_t n_time, const rift_clubs_settings *how);
RIFT_API void rift_clubs_free(rift_clubs *clubs);

/** A curve of diffusion with three parameters, the first its ceiling. */
typedef struct rift_diffusion_model {
    const char *name, *help, *reference, *parameter[3];
    double (*value)(const double *parameter, double t);
    /** Parameters to start from, for a ceiling; `room` is for 3 n numbers.
     */
    bool (*start)(const double *t, const double *y, size_t n, double ceiling,
                  double *room, double *parameter);
    bool (*valid)(const double *parameter);
    double (*inflection)(const double *parameter); /**< where growth is fastest */
    /** When it reaches a level; NaN where it never does, NULL where it has none. */
    double (*reaches)(const double *parameter, double level);
} rift_diffusion_model;

RIFT_API extern const rift_diffusion_model rift_diffusion_models[];
RIFT_API extern const size_t rift_n_diffusion_models;

/** Why a curve should not be drawn on. */
typedef enum rift_diffusion_refusal {
    RIFT_DIFFUSION_FITTED,
    RIFT_DIFFUSION_FEW,          /**< fewer than six values */
    RIFT_DIFFUSION_LOST,         /**< no search converged to a curve of this kind */
    RIFT_DIFFUSION_NO_INFLECTION /**< growth still quickens: the ceiling is not in the
                                    data */
} rift_diffusion_refusal;

RIFT_API const char *rift_diffusion_refusal_text(rift_diffusion_refusal why);

typedef struct rift_diffusion {
    double parameter[3], error[3]; /**< standard errors; 0 for a given ceiling */
    double covariance[9];          /**< of the parameters */
    double rss, aicc,
        inflection; /**< residual sum of squares; year of fastest growth */
    size_t n;
    rift_diffusion_refusal refusal;
} rift_diffusion;

/**
 * Fit a curve by nonlinear least squares, from several ceilings at once, the best of
 * which counts.
 *
 * @param t, y     n values without NaN, t ascending; for Bass what each year t = 1, 2,
 * ... added
 * @param ceiling  of the curve, or NaN: a parameter too
 * @param fit      always set; `refusal` says whether it can bear a forecast
 * @return         RIFT_ERR_MEMORY, or RIFT_OK
 */
RIFT_API RIFT_CHECKED rift_status rift_diffusion_fit(const rift_diffusion_model *model,
                                                     const double *t, const double *y,
                                                     size_t n, double ceiling,
                                                     rift_diffusion *fit);

/** The same from one start only: for resampled values around a fit. */
RIFT_API RIFT_CHECKED rift_status rift_diffusion_refit(
    const rift_diffusion_model *model, const double *t, const double *y, size_t n,
    double ceiling, const double start[3], rift_diffusion *fit);

/** Value of a fitted curve and its standard error by the delta method, without the
    scatter of single values around it. Oehlert (1992). */
RIFT_API double rift_diffusion_value(const rift_diffusion_model *model,
                                     const rift_diffusion *fit, double t,
                                     double *error);

/**
 * When a fitted curve reaches a level, and the standard error of that by the delta
 * method. NaN where it never does. Oehlert (1992).
 */
RIFT_API double rift_diffusion_reaches(const rift_diffusion_model *model,
                                       const rift_diffusion *fit, double level,
                                       double *error);

/** A measure split into parts that add up to it. */
typedef struct rift_split {
    double total, between, within, overlap; /**< overlap is 0 but for the Gini */
} rift_split;

/** Theil T = between groups + within groups, exactly. group[i] is 0 .. n_group - 1. */
RIFT_API RIFT_CHECKED rift_status rift_split_theil_t(const double *x, const double *w,
                                                     const int32_t *group, size_t n,
                                                     size_t n_group, rift_split *split);
/** Mean log deviation (Theil L), exactly. */
RIFT_API RIFT_CHECKED rift_status rift_split_theil_l(const double *x, const double *w,
                                                     const int32_t *group, size_t n,
                                                     size_t n_group, rift_split *split);
/** Gini = between the group means + within + overlap of the groups' ranges. */
RIFT_API RIFT_CHECKED rift_status rift_split_gini(const double *x, const double *w,
                                                  const int32_t *group, size_t n,
                                                  size_t n_group, rift_split *split);
/** Variance p (1 - p) of a 0/1 trait among people, within and between countries. */
RIFT_API rift_split rift_split_binary(const double *share, const double *w, size_t n);

/** Players whose Shapley values are computed: 2^k sets are tried. */
enum { RIFT_SHAPLEY_LIMIT = 12 };

/**
 * Shares of k players in what all have together, over what nobody has: the mean of what
 * each adds, over all orders in which they may come. Shapley (1953); Shorrocks (2013).
 *
 * @param k      1 to RIFT_SHAPLEY_LIMIT
 * @param value  of a set of players, in[k]
 */
RIFT_API RIFT_CHECKED rift_status rift_shapley(
    size_t k, double (*value)(const bool *in, void *data), void *data, double *out);

/** A source of a whole, and its part in the whole's Gini. */
typedef struct rift_gini_source {
    double share;       /**< of the whole's mean */
    double gini;        /**< its own */
    double correlation; /**< Gini correlation with the whole, -1 to 1 */
    double part;        /**< share x correlation x gini; all add up to the Gini */
    double marginal;    /**< change of the Gini, in its shares, per share more of it */
} rift_gini_source;

/** Gini of a sum by its sources: G = sum S_k R_k G_k. Lerman and Yitzhaki (1985).
    Sources are not negative; source[k][i], n values each. */
RIFT_API RIFT_CHECKED rift_status rift_gini_sources(const double *const *source,
                                                    size_t k, const double *w, size_t n,
                                                    rift_gini_source *out);

/** A group in a year: its share of the people, its mean, its own Theil. */
typedef struct rift_group_state {
    double share, mean, within;
} rift_group_state;

typedef struct rift_change {
    double total, shares, means, within;
} rift_change;

/** Change of Theil T or L over time, exactly, into what came from the groups' shares of
    people, from their means and from within them: Shapley values of the three. Compare
    Mookherjee and Shorrocks (1982), whose terms need an approximation. */
RIFT_API RIFT_CHECKED rift_status rift_split_change(const rift_group_state *from,
                                                    const rift_group_state *to,
                                                    size_t n, bool theil_t,
                                                    rift_change *out);

/**
 * Effect of joining on those who joined: their change less that of the others, who are
 * weighted to be like them and adjusted for what covariates lead one to expect. Right
 * where either the logit of joining or the regression of the change is. Sant'Anna and
 * Zhao (2020), equation 3.1.
 *
 * @param change     n changes of the outcome
 * @param joined     1 for those who joined
 * @param x          [n][k] covariates before, the first all 1; alone it gives the plain
 *                   difference in differences
 * @param influence  gets n numbers; the variance of the effect is the sum of their
 *                   squares over n squared
 * @return           RIFT_ERR_DOMAIN where nobody joined, too few did not, or covariates
 *                   tell the two apart
 */
RIFT_API RIFT_CHECKED rift_status rift_joining_effect(const double *change,
                                                      const uint8_t *joined,
                                                      const double *x, size_t n,
                                                      size_t k, double *effect,
                                                      double *influence);

/** (a - b) / ln(a / b), a where both are equal, 0 where one is 0. */
RIFT_API double rift_logarithmic_mean(double a, double b);

/**
 * Skewness of type 2, as Excel, SAS and COINr have it (Joanes and Gill 1998):
 * G1 = g1 sqrt(n (n-1)) / (n-2). NaN for n < 3 or equal values.
 */
RIFT_API double rift_skewness(const double *x, size_t n);

/** Excess kurtosis of type 2: G2 = ((n+1) g2 + 6)(n-1) / ((n-2)(n-3)); NaN for n < 4.
 */
RIFT_API double rift_kurtosis(const double *x, size_t n);

#ifdef __cplusplus
}
#endif
#endif
