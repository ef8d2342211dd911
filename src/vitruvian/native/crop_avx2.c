/* The parts of a crop with AVX2 and FMA. The numbers are those of the plain versions in crop.c. */

#include "crop.h"
#include "native.h"

#ifdef HAS_AVX2_CODE

#include <immintrin.h>
#include <math.h>

#define AVX2 __attribute__((target("avx2,fma")))

/* Two neighbours are six bytes of a row, of which eight are read: one pixel more. */
enum { MARGIN_PX = 1 };

/* Round four positions to whole numbers, halves to even. */
AVX2 static inline __m128i rounded(__m256d subpixels)
{
    __m256d limited = _mm256_min_pd(subpixels, _mm256_set1_pd(LIMIT)); /* LIMIT for NaN */
    return _mm256_cvtpd_epi32(_mm256_max_pd(limited, _mm256_set1_pd(-LIMIT)));
}

AVX2 static inline __m256d scale_of(__m256d w)
{
    __m256d scale = _mm256_div_pd(_mm256_set1_pd(SUBPIXELS), w);
    return _mm256_andnot_pd(_mm256_cmp_pd(w, _mm256_setzero_pd(), _CMP_EQ_OQ), scale);
}

AVX2 void locate_avx2(const double *matrix, Start start, int columns, Positions *positions)
{
    const __m256d x_step = _mm256_set1_pd(matrix[0]), y_step = _mm256_set1_pd(matrix[3]);
    const __m256d w_step = _mm256_set1_pd(matrix[6]), w_start = _mm256_set1_pd(start.w);
    const __m256d x_start = _mm256_set1_pd(start.x), y_start = _mm256_set1_pd(start.y);
    /* Between its ends w is monotonic: if it is the same at both, one division is enough. */
    const int is_constant =
        isfinite(matrix[6]) && start.w + matrix[6] * (BLOCK_PX - 1) == start.w;
    __m256d i = _mm256_setr_pd(0, 1, 2, 3), scale = scale_of(w_start);
    for (int column = 0; column < (columns + 7) / 8 * 8; column += 4) {
        if (!is_constant)
            scale = scale_of(_mm256_add_pd(w_start, _mm256_mul_pd(w_step, i)));
        __m256d x = _mm256_add_pd(x_start, _mm256_mul_pd(x_step, i));
        __m256d y = _mm256_add_pd(y_start, _mm256_mul_pd(y_step, i));
        __m128i *to_x = (__m128i *)(positions->x + column);
        __m128i *to_y = (__m128i *)(positions->y + column);
        _mm_storeu_si128(to_x, rounded(_mm256_mul_pd(x, scale)));
        _mm_storeu_si128(to_y, rounded(_mm256_mul_pd(y, scale)));
        i = _mm256_add_pd(i, _mm256_set1_pd(4));
    }
}

/* Weights of a block's pixels, as the multiplications take them. */
typedef struct {
    int32_t across[BLOCK_PX]; /* twice the bytes 32 - x and x */
    int32_t down[BLOCK_PX];   /* the 16-bit numbers 32 - y and y */
} Weights;

/* Compute the weights from the fractions of a pixel. Return whether the whole block is inside. */
AVX2 static int weigh(const Image *image, const Positions *positions, int columns, Weights *weights)
{
    const __m256i fraction = _mm256_set1_epi32(SUBPIXELS - 1);
    __m256i least = _mm256_setzero_si256(), most_x = least, most_y = least;
    for (int i = 0; i < columns; i += 8) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(positions->x + i));
        __m256i y = _mm256_loadu_si256((const __m256i *)(positions->y + i));
        least = _mm256_or_si256(least, _mm256_or_si256(x, y)); /* negative if one is */
        most_x = _mm256_max_epi32(most_x, x);
        most_y = _mm256_max_epi32(most_y, y);
        __m256i right = _mm256_and_si256(x, fraction), below = _mm256_and_si256(y, fraction);
        right = _mm256_or_si256(right, _mm256_slli_epi32(right, 16));
        right = _mm256_mullo_epi16(right, _mm256_set1_epi16((1 << 8) - 1));
        below = _mm256_sub_epi32(_mm256_slli_epi32(below, 16), below);
        _mm256_storeu_si256((__m256i *)(weights->across + i),
                            _mm256_add_epi16(right, _mm256_set1_epi16(SUBPIXELS)));
        _mm256_storeu_si256((__m256i *)(weights->down + i),
                            _mm256_add_epi32(below, _mm256_set1_epi32(SUBPIXELS)));
    }
    __m256i outside = _mm256_or_si256(least, _mm256_or_si256(
        _mm256_sub_epi32(_mm256_set1_epi32((image->width - 1 - MARGIN_PX) * SUBPIXELS - 1), most_x),
        _mm256_sub_epi32(_mm256_set1_epi32((image->height - 1) * SUBPIXELS - 1), most_y)));
    return _mm256_movemask_ps(_mm256_castsi256_ps(outside)) == 0;
}

/* Return eight bytes of the upper row and eight of the lower row, from the pixel on. */
AVX2 static inline __m128i load_neighbours(const Image *image, int32_t x, int32_t y)
{
    const uint8_t *upper = image->pixels + (y >> SUBPIXEL_BITS) * image->row_bytes
                           + 3 * (ptrdiff_t)(x >> SUBPIXEL_BITS);
    const uint8_t *lower = upper + image->row_bytes;
    __m128i both = _mm_loadl_epi64((const __m128i *)upper);
    return _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(both), (const __m64 *)lower));
}

/* Return two numbers, each in every place of its half. */
AVX2 static inline __m256i halves(const int32_t *two)
{
    return _mm256_blend_epi32(_mm256_set1_epi32(two[0]), _mm256_set1_epi32(two[1]), 0xF0);
}

AVX2 static inline __m256 scaled(const Scale *scale, __m256 bytes)
{
    __m256 factor = _mm256_set1_ps(scale->factor), offset = _mm256_set1_ps(scale->offset);
    if (scale->rounds_once)
        return _mm256_fmadd_ps(bytes, factor, offset);
    return _mm256_add_ps(_mm256_mul_ps(bytes, factor), offset);
}

/* Sample pixels i and i + 1, which are inside. One float after them is written, too. */
AVX2 static inline void sample_two(const Image *image, const Scale *scale,
                                   const Positions *positions, const Weights *weights, int i,
                                   float *crop)
{
    /* The left and right neighbour of each channel side by side, the upper ones before the lower. */
    const __m256i order = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 3, 8, 11, 1, 4, 9, 12, 2, 5, 10, 13, -1, -1, -1, -1));
    const int32_t *x = positions->x + i, *y = positions->y + i;
    __m256i pixels = _mm256_inserti128_si256(
        _mm256_castsi128_si256(load_neighbours(image, x[0], y[0])),
        load_neighbours(image, x[1], y[1]), 1);
    __m256i rows = _mm256_maddubs_epi16(_mm256_shuffle_epi8(pixels, order),
                                        halves(weights->across + i));
    __m256i total = _mm256_madd_epi16(rows, halves(weights->down + i));
    total = _mm256_add_epi32(total, _mm256_set1_epi32(SUBPIXELS * SUBPIXELS / 2));
    total = _mm256_srli_epi32(total, 2 * SUBPIXEL_BITS);
    __m256 two = scaled(scale, _mm256_cvtepi32_ps(total));
    _mm_storeu_ps(crop + 3 * i, _mm256_castps256_ps128(two));
    _mm_storeu_ps(crop + 3 * i + 3, _mm256_extractf128_ps(two, 1));
}

AVX2 void sample_avx2(const Image *image, const Scale *scale, const Positions *positions,
                      int columns, float *crop)
{
    Weights weights;
    const int all_inside = weigh(image, positions, columns, &weights);
    int i = 0;
    for (; i + 2 < columns; i += 2) {
        const int32_t *x = positions->x + i, *y = positions->y + i;
        if (all_inside || (is_inside(image, x[0], y[0], MARGIN_PX)
                           && is_inside(image, x[1], y[1], MARGIN_PX))) {
            sample_two(image, scale, positions, &weights, i, crop);
        } else {
            sample_anywhere(image, scale, x[0], y[0], crop + 3 * i);
            sample_anywhere(image, scale, x[1], y[1], crop + 3 * i + 3);
        }
    }
    for (; i < columns; i++)
        sample_anywhere(image, scale, positions->x[i], positions->y[i], crop + 3 * i);
}

#endif
