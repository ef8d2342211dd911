/* Sampling of a crop's pixels with AVX2 and FMA. The numbers are those of the plain version in
   crop.c. */

#include "crop.h"
#include "native.h"

#ifdef HAS_AVX2_CODE

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,fma")))

/* Two neighbours are six bytes of a row, of which eight are read: one pixel more. */
enum { MARGIN_PX = 1 };

/* Weights of a block's pixels, as the multiplications take them. */
typedef struct {
    int32_t across[BLOCK_PX]; /* twice the bytes 32 - x and x */
    int32_t down[BLOCK_PX];   /* the 16-bit numbers 32 - y and y */
} Weights;

/* Rows and columns of a block's neighbours that are inside. */
typedef struct {
    int32_t left[BLOCK_PX], right[BLOCK_PX], top[BLOCK_PX], bottom[BLOCK_PX];
} Neighbours;

AVX2 static inline __m256i load(const int32_t *numbers)
{
    return _mm256_loadu_si256((const __m256i *)numbers);
}

AVX2 static inline void store(int32_t *numbers, __m256i values)
{
    _mm256_storeu_si256((__m256i *)numbers, values);
}

/* Compute the weights from the fractions of a pixel. */
AVX2 static void weigh(const Positions *positions, int columns, Weights *weights)
{
    const __m256i fractions = _mm256_set1_epi32(SUBPIXELS - 1);
    for (int i = 0; i < columns; i += 8) {
        __m256i right = _mm256_and_si256(load(positions->x + i), fractions);
        __m256i below = _mm256_and_si256(load(positions->y + i), fractions);
        right = _mm256_or_si256(right, _mm256_slli_epi32(right, 16));
        right = _mm256_mullo_epi16(right, _mm256_set1_epi16((1 << 8) - 1));
        below = _mm256_sub_epi32(_mm256_slli_epi32(below, 16), below);
        store(weights->across + i, _mm256_add_epi16(right, _mm256_set1_epi16(SUBPIXELS)));
        store(weights->down + i, _mm256_add_epi32(below, _mm256_set1_epi32(SUBPIXELS)));
    }
}

/* Move neighbours along an axis, first and second, into the image, whose last is `last`. Return
   ones in the 16 bits of each that has not moved. */
AVX2 static inline __m256i move_inside(const int32_t *positions, int last, int32_t *first,
                                       int32_t *second)
{
    const __m256i zero = _mm256_setzero_si256(), most = _mm256_set1_epi32(last);
    __m256i before = _mm256_srai_epi32(load(positions), SUBPIXEL_BITS);
    __m256i after = _mm256_add_epi32(before, _mm256_set1_epi32(1));
    __m256i inner_before = _mm256_max_epi32(zero, _mm256_min_epi32(most, before));
    __m256i inner_after = _mm256_max_epi32(zero, _mm256_min_epi32(most, after));
    store(first, inner_before);
    store(second, inner_after);
    return _mm256_blend_epi16(_mm256_cmpeq_epi32(before, inner_before),
                              _mm256_cmpeq_epi32(after, inner_after), 0xAA);
}

/* Find the neighbours of a block that is partly outside. Zeros outside become weights of zero. */
AVX2 static void find_neighbours(const Image *image, const Positions *positions, int columns,
                                 Neighbours *neighbours, Weights *weights)
{
    for (int i = 0; i < columns; i += 8) {
        __m256i has_column = move_inside(positions->x + i, image->width - 1, neighbours->left + i,
                                         neighbours->right + i);
        __m256i has_row = move_inside(positions->y + i, image->height - 1, neighbours->top + i,
                                      neighbours->bottom + i);
        if (image->replicates)
            continue;
        has_column = _mm256_packs_epi16(has_column, has_column); /* to bytes, the sign is kept */
        has_column = _mm256_unpacklo_epi16(has_column, has_column);
        store(weights->across + i, _mm256_and_si256(load(weights->across + i), has_column));
        store(weights->down + i, _mm256_and_si256(load(weights->down + i), has_row));
    }
}

AVX2 static int all_inside(const Image *image, const Positions *positions, int columns)
{
    __m256i least = _mm256_setzero_si256(), most_x = least, most_y = least;
    for (int i = 0; i < columns; i += 8) {
        __m256i x = load(positions->x + i), y = load(positions->y + i);
        least = _mm256_or_si256(least, _mm256_or_si256(x, y)); /* negative if one is */
        most_x = _mm256_max_epi32(most_x, x);
        most_y = _mm256_max_epi32(most_y, y);
    }
    __m256i last_x = _mm256_set1_epi32((image->width - 1 - MARGIN_PX) * SUBPIXELS - 1);
    __m256i last_y = _mm256_set1_epi32((image->height - 1) * SUBPIXELS - 1);
    __m256i outside = _mm256_or_si256(
        least, _mm256_or_si256(_mm256_sub_epi32(last_x, most_x), _mm256_sub_epi32(last_y, most_y)));
    return _mm256_movemask_ps(_mm256_castsi256_ps(outside)) == 0;
}

/* Ask for the bytes that are needed some rows later, wherever that is: it is no access. */
static inline void prefetch(const Image *image, const uint8_t *pixel)
{
    _mm_prefetch((const char *)((uintptr_t)pixel + (uintptr_t)image->ahead), _MM_HINT_T0);
}

/* Return a pixel and its three neighbours: the first six bytes of each half are a row. All are
   inside, with a margin. */
AVX2 static inline __m128i load_inside(const Image *image, int32_t x, int32_t y)
{
    const uint8_t *upper = pixel_at(image, whole(y), whole(x));
    const uint8_t *lower = upper + image->row_bytes;
    prefetch(image, upper);
    prefetch(image, lower);
    return _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)upper),
                              _mm_loadl_epi64((const __m128i *)lower));
}

static inline int64_t two_pixels(const uint8_t *row, int left, int right)
{
    const uint8_t *one = row + 3 * (ptrdiff_t)left, *other = row + 3 * (ptrdiff_t)right;
    return one[0] | one[1] << 8 | one[2] << 16
           | (int64_t)(other[0] | other[1] << 8 | other[2] << 16) << 24;
}

/* Return the same for neighbours that were found. */
AVX2 static inline __m128i load_found(const Image *image, const Neighbours *found, int i)
{
    const uint8_t *upper = pixel_at(image, found->top[i], 0);
    const uint8_t *lower = pixel_at(image, found->bottom[i], 0);
    prefetch(image, upper + 3 * (ptrdiff_t)found->left[i]);
    return _mm_set_epi64x(two_pixels(lower, found->left[i], found->right[i]),
                          two_pixels(upper, found->left[i], found->right[i]));
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

/* Interpolate and scale two pixels from their neighbours. One float after them is written, too. */
AVX2 static inline void write_two(__m128i first, __m128i second, const Weights *weights, int i,
                                  const Scale *scale, float *crop)
{
    /* Left and right neighbour of each channel side by side, the upper ones before the lower. */
    const __m256i order = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 3, 8, 11, 1, 4, 9, 12, 2, 5, 10, 13, -1, -1, -1, -1));
    __m256i neighbours = _mm256_inserti128_si256(_mm256_castsi128_si256(first), second, 1);
    __m256i rows = _mm256_maddubs_epi16(_mm256_shuffle_epi8(neighbours, order),
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
    const int32_t *x = positions->x, *y = positions->y;
    Weights weights;
    int i = 0;
    weigh(positions, columns, &weights);
    if (all_inside(image, positions, columns)) {
        for (; i + 2 < columns; i += 2)
            write_two(load_inside(image, x[i], y[i]), load_inside(image, x[i + 1], y[i + 1]),
                      &weights, i, scale, crop);
    } else {
        Neighbours found;
        find_neighbours(image, positions, columns, &found, &weights);
        for (; i + 2 < columns; i += 2)
            write_two(load_found(image, &found, i), load_found(image, &found, i + 1), &weights, i,
                      scale, crop);
    }
    for (; i < columns; i++)
        sample_anywhere(image, scale, x[i], y[i], crop + 3 * i);
}

#endif
