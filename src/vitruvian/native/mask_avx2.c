/* The parts of a mask with AVX2. The numbers are those of the plain versions in mask.c. */

#include "mask.h"

#include "native.h"

#ifdef HAS_AVX2_CODE

#include "exponential_avx2.h"

AVX2 static inline __m128 activation_of_four(__m128 logits)
{
    const __m256d one = _mm256_set1_pd(1);
    __m256d exponential = _mm256_cvtps_pd(expf_of_four(negated(logits)));
    return _mm256_cvtpd_ps(_mm256_div_pd(one, _mm256_add_pd(exponential, one)));
}

AVX2 void activate_avx2(const float *logits, int count, float *mask)
{
    int i = 0;
    for (; i + 4 <= count; i += 4)
        _mm_storeu_ps(mask + i, activation_of_four(_mm_loadu_ps(logits + i)));
    for (; i < count; i++)
        mask[i] = (float)(1 / (glibc_expf(-logits[i]) + 1.0));
}

/* Eight positions along one axis: whole pixels, and the weights of the pixels before and after. */
typedef struct {
    __m256i whole;
    __m256 before, after;
} Axis;

AVX2 static inline Axis locate(int64_t first, const int32_t *from_first)
{
    __m256i position = _mm256_loadu_si256((const __m256i *)from_first);
    position = _mm256_add_epi32(position, _mm256_set1_epi32((int32_t)first));
    __m256i subpixel = _mm256_srli_epi32(position, POSITION_TO_SUBPIXEL_BITS);
    subpixel = _mm256_and_si256(subpixel, _mm256_set1_epi32(MASK_SUBPIXELS - 1));
    __m256 after = _mm256_mul_ps(_mm256_cvtepi32_ps(subpixel), _mm256_set1_ps(1.0f / MASK_SUBPIXELS));
    Axis axis = {_mm256_srli_epi32(position, POSITION_BITS),
                 _mm256_sub_ps(_mm256_set1_ps(1), after), after};
    return axis;
}

/* Load the pixels at two offsets, each with the pixel after it. */
AVX2 static inline __m128 two_pairs(const float *values, const int32_t *offsets)
{
    __m128 pairs = _mm_loadl_pi(_mm_setzero_ps(), (const __m64 *)(values + offsets[0]));
    return _mm_loadh_pi(pairs, (const __m64 *)(values + offsets[1]));
}

/* Add the weighted pixels at eight offsets, then those after them, to eight totals. Pairs are loaded,
   because AVX2's gathering of single numbers takes three times as long. */
AVX2 static inline __m256 add_pairs(__m256 total, const float *values, const int32_t *offsets,
                                    __m256 weights, const Axis *x)
{
    __m256 outer = _mm256_set_m128(two_pairs(values, offsets + 4), two_pairs(values, offsets));
    __m256 inner
        = _mm256_set_m128(two_pairs(values, offsets + 6), two_pairs(values, offsets + 2));
    __m256 left = _mm256_shuffle_ps(outer, inner, _MM_SHUFFLE(2, 0, 2, 0));
    __m256 right = _mm256_shuffle_ps(outer, inner, _MM_SHUFFLE(3, 1, 3, 1));
    total = _mm256_add_ps(total, _mm256_mul_ps(left, _mm256_mul_ps(weights, x->before)));
    return _mm256_add_ps(total, _mm256_mul_ps(right, _mm256_mul_ps(weights, x->after)));
}

AVX2 void paste_inside_avx2(const Crop *crop, Position row, const Steps *steps, int begin, int end,
                            float *pixels)
{
    const int64_t first_x = row.x + steps->x[0], first_y = row.y + steps->y[0];
    int i = begin;
    for (; i + 8 <= end; i += 8) {
        Axis x = locate(first_x, steps->x_from_first + i);
        Axis y = locate(first_y, steps->y_from_first + i);
        __m256i rows = _mm256_mullo_epi32(y.whole, _mm256_set1_epi32(crop->side));
        int32_t offsets[8];
        _mm256_storeu_si256((__m256i *)offsets, _mm256_add_epi32(rows, x.whole));
        __m256 total = add_pairs(_mm256_setzero_ps(), crop->values, offsets, y.before, &x);
        total = add_pairs(total, crop->values + crop->side, offsets, y.after, &x);
        _mm256_storeu_ps(pixels + i, total);
    }
    for (; i < end; i++)
        pixels[i] = sample(crop, row.x + steps->x[i], row.y + steps->y[i]);
}

AVX2 static inline __m256 blended_eight(__m256 mask, __m256 previous)
{
    const __m256 one = _mm256_set1_ps(1);
    __m256 offset = _mm256_sub_ps(mask, _mm256_set1_ps(0.5f)), x = _mm256_mul_ps(offset, offset);
    __m256 certainty = _mm256_mul_ps(_mm256_set1_ps(CERTAINTY[0]), x);
    for (int i = 1; i < CERTAINTY_TERMS; i++)
        certainty = _mm256_mul_ps(_mm256_add_ps(certainty, _mm256_set1_ps(CERTAINTY[i])), x);
    __m256 weight = _mm256_sub_ps(one, _mm256_min_ps(certainty, one));
    weight = _mm256_mul_ps(weight, _mm256_set1_ps(MASK_RATIO));
    return _mm256_add_ps(mask, _mm256_mul_ps(weight, _mm256_sub_ps(previous, mask)));
}

AVX2 void blend_row_avx2(float *mask, const float *previous, int columns)
{
    int i = 0;
    for (; i + 8 <= columns; i += 8) {
        __m256 values = blended_eight(_mm256_loadu_ps(mask + i), _mm256_loadu_ps(previous + i));
        _mm256_storeu_ps(mask + i, values);
    }
    for (; i < columns; i++)
        mask[i] = blended(mask[i], previous[i]);
}

#endif
