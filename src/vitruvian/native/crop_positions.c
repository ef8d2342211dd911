/* Where the pixels of a crop lie in the image: _positions of stages/crop.py, bit for bit. */

#include "crop.h"
#include "native.h"

#include <math.h>

/* Positions are limited to this number of subpixels, so that they fit into 32 bits. */
#define LIMIT 1073741824.0

/* Round to whole numbers, halves to even. NaN, of a matrix without an inverse, becomes LIMIT. */
static int32_t rounded(double subpixels)
{
    const double shift = 6755399441055744.0; /* 1.5 * 2^52: at this size doubles are whole */
    double limited = subpixels < LIMIT ? subpixels : LIMIT;
    limited = limited > -LIMIT ? limited : -LIMIT;
    return (int32_t)((limited + shift) - shift);
}

static void locate_plain(const double *matrix, Start start, int columns, Positions *positions)
{
    for (int i = 0; i < columns; i++) {
        double w = start.w + matrix[6] * i, scale = w == 0 ? 0 : SUBPIXELS / w;
        positions->x[i] = rounded((start.x + matrix[0] * i) * scale);
        positions->y[i] = rounded((start.y + matrix[3] * i) * scale);
    }
}

#ifdef HAS_AVX2_CODE

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Round four positions to whole numbers, halves to even. */
AVX2 static inline __m128i four_rounded(__m256d subpixels)
{
    __m256d limited = _mm256_min_pd(subpixels, _mm256_set1_pd(LIMIT)); /* LIMIT for NaN */
    return _mm256_cvtpd_epi32(_mm256_max_pd(limited, _mm256_set1_pd(-LIMIT)));
}

AVX2 static inline __m256d scale_of(__m256d w)
{
    __m256d scale = _mm256_div_pd(_mm256_set1_pd(SUBPIXELS), w);
    return _mm256_andnot_pd(_mm256_cmp_pd(w, _mm256_setzero_pd(), _CMP_EQ_OQ), scale);
}

AVX2 static void locate_avx2(const double *matrix, Start start, int columns,
                             Positions *positions)
{
    const __m256d x_step = _mm256_set1_pd(matrix[0]), y_step = _mm256_set1_pd(matrix[3]);
    const __m256d w_step = _mm256_set1_pd(matrix[6]), w_start = _mm256_set1_pd(start.w);
    const __m256d x_start = _mm256_set1_pd(start.x), y_start = _mm256_set1_pd(start.y);
    /* Between its ends w is monotonic: if it is the same at both, one division is enough. */
    const int is_constant =
        isfinite(matrix[6]) && start.w + matrix[6] * (BLOCK_PX - 1) == start.w;
    __m256d i = _mm256_setr_pd(0, 1, 2, 3), scale = scale_of(w_start);
    for (int column = 0; column < columns; column += 4) {
        if (!is_constant)
            scale = scale_of(_mm256_add_pd(w_start, _mm256_mul_pd(w_step, i)));
        __m256d x = _mm256_add_pd(x_start, _mm256_mul_pd(x_step, i));
        __m256d y = _mm256_add_pd(y_start, _mm256_mul_pd(y_step, i));
        __m128i *to_x = (__m128i *)(positions->x + column);
        __m128i *to_y = (__m128i *)(positions->y + column);
        _mm_storeu_si128(to_x, four_rounded(_mm256_mul_pd(x, scale)));
        _mm_storeu_si128(to_y, four_rounded(_mm256_mul_pd(y, scale)));
        i = _mm256_add_pd(i, _mm256_set1_pd(4));
    }
}

#endif

void locate(const double *matrix, Start start, int columns, Positions *positions)
{
    const int rounded_up = (columns + 7) / 8 * 8;
#ifdef HAS_AVX2_CODE
    if (uses_vectors()) {
        locate_avx2(matrix, start, rounded_up, positions);
        return;
    }
#endif
    locate_plain(matrix, start, rounded_up, positions);
}
