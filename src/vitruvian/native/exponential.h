/* exp and the logistic function of a float, as each version of MediaPipe rounds them:
   stages/rounding.py, bit for bit. */

#ifndef VITRUVIAN_EXPONENTIAL_H
#define VITRUVIAN_EXPONENTIAL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* The algorithm is that of expf in ARM's optimized-routines (math/expf.c, EXP2F_TABLE_BITS 5), which
   glibc has used since 2.28: 2^(k / 32) from a table, times 2^(r / 32) from a polynomial, where
   x = ln 2 / 32 * (k + r). It is not called, so that all systems give the same numbers. */
enum { STEP_BITS = 5, STEPS = 1 << STEP_BITS };
#define STEPS_PER_UNIT (0x1.71547652b82fep+0 * STEPS)
#define CUBIC (0x1.c6af84b912394p-5 / STEPS / STEPS / STEPS)
#define QUADRATIC (0x1.ebfce50fac4f3p-3 / STEPS / STEPS)
#define LINEAR (0x1.62e42ff0c52d6p-1 / STEPS)

/* exp is below half of the smallest float under the first limit, and infinite over the second. */
#define LEAST_EXPONENT -104.0
#define MOST_EXPONENT 89.0

/* 1.5 * 2^52: at this size doubles are whole, so that adding it rounds, halves to even. */
#define WHOLE_SHIFT 6755399441055744.0

enum { DOUBLE_MANTISSA_BITS = 52 };

/* 2^(k / 32) */
static const double POWERS[STEPS] = {
    0x1.0000000000000p+0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0,
    0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0, 0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0,
    0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
    0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0,
    0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0, 0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0,
    0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
    0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0,
    0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0, 0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0,
};

static inline float glibc_expf(float x)
{
    if (x != x)
        return x;
    double limited = x > LEAST_EXPONENT ? x : LEAST_EXPONENT;
    double scaled = (limited < MOST_EXPONENT ? limited : MOST_EXPONENT) * STEPS_PER_UNIT;
    double rounded = (scaled + WHOLE_SHIFT) - WHOLE_SHIFT;
    double rest = scaled - rounded;
    int64_t steps = (int64_t)rounded;
    int64_t bits;
    double power;
    memcpy(&bits, &POWERS[steps & (STEPS - 1)], sizeof bits);
    bits += (steps >> STEP_BITS) * ((int64_t)1 << DOUBLE_MANTISSA_BITS);
    memcpy(&power, &bits, sizeof power);
    double high = CUBIC * rest + QUADRATIC, low = LINEAR * rest + 1;
    return (float)((high * (rest * rest) + low) * power);
}

/* Return exp(x): correctly rounded, or as glibc's expf. */
static inline float exponential(float x, int rounds_correctly)
{
    return rounds_correctly ? (float)exp(x) : glibc_expf(x);
}

/* Return 1 / (1 + exp(-x)) with each step rounded to float. */
static inline float sigmoid(float x, int rounds_correctly)
{
    return 1 / (1 + exponential(-x, rounds_correctly));
}

#endif
