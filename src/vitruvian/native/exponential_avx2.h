/* exp of four floats with AVX2: glibc's expf, as in exponential.h. */

#ifndef VITRUVIAN_EXPONENTIAL_AVX2_H
#define VITRUVIAN_EXPONENTIAL_AVX2_H

#include "exponential.h"

#include <immintrin.h>

/* Without FMA, which does not round products. */
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m128 negated(__m128 x)
{
    return _mm_xor_ps(x, _mm_set1_ps(-0.0f));
}

AVX2 static inline __m128 expf_of_four(__m128 x)
{
    __m256d limited = _mm256_max_pd(_mm256_cvtps_pd(x), _mm256_set1_pd(LEAST_EXPONENT));
    limited = _mm256_min_pd(limited, _mm256_set1_pd(MOST_EXPONENT));
    __m256d scaled = _mm256_mul_pd(limited, _mm256_set1_pd(STEPS_PER_UNIT));
    __m128i steps = _mm256_cvtpd_epi32(scaled); /* halves to even */
    __m256d rest = _mm256_sub_pd(scaled, _mm256_cvtepi32_pd(steps));
    __m128i entries = _mm_and_si128(steps, _mm_set1_epi32(STEPS - 1));
    __m256i octaves = _mm256_cvtepi32_epi64(_mm_srai_epi32(steps, STEP_BITS));
    __m256i bits = _mm256_castpd_si256(_mm256_i32gather_pd(POWERS, entries, sizeof POWERS[0]));
    bits = _mm256_add_epi64(bits, _mm256_slli_epi64(octaves, DOUBLE_MANTISSA_BITS));
    __m256d high = _mm256_mul_pd(rest, _mm256_set1_pd(CUBIC));
    high = _mm256_add_pd(high, _mm256_set1_pd(QUADRATIC));
    high = _mm256_mul_pd(high, _mm256_mul_pd(rest, rest));
    __m256d low = _mm256_mul_pd(rest, _mm256_set1_pd(LINEAR));
    low = _mm256_add_pd(low, _mm256_set1_pd(1));
    __m256d result = _mm256_mul_pd(_mm256_add_pd(high, low), _mm256_castsi256_pd(bits));
    return _mm_blendv_ps(_mm256_cvtpd_ps(result), x, _mm_cmpunord_ps(x, x));
}

#endif
