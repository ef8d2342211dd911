/* Computes the mask of the image from that of a crop: stages/mask.py, bit for bit. */

#include "mask.h"

#include "exponential.h"
#include "native.h"

/* Keeps positions in whole numbers of 64 bits, and far outside of a crop. */
#define POSITION_LIMIT 1099511627776.0 /* 2^40 */

/* Compute 1 / (1 + exp(-x)): exp as a float, the rest as a double. */
void activate(const float *logits, int count, int rounds_correctly, float *mask)
{
#if defined(HAS_AVX2_CODE)
    if (uses_vectors() && !rounds_correctly) {
        activate_avx2(logits, count, mask);
        return;
    }
#endif
    for (int i = 0; i < count; i++)
        mask[i] = (float)(1 / (exponential(-logits[i], rounds_correctly) + 1.0));
}

/* Round to whole numbers, halves to even, within limits. NaN becomes POSITION_LIMIT. */
static int64_t whole(double value)
{
    double limited = value < POSITION_LIMIT ? value : POSITION_LIMIT;
    limited = limited > -POSITION_LIMIT ? limited : -POSITION_LIMIT;
    return (int64_t)((limited + WHOLE_SHIFT) - WHOLE_SHIFT);
}

/* Whether a pixel's four neighbours are in the crop. */
static int is_inside(const Crop *crop, int64_t x, int64_t y)
{
    int64_t end = (int64_t)(crop->side - 1) << POSITION_BITS;
    return x >= 0 && x < end && y >= 0 && y < end;
}

static void paste_row(const Crop *crop, RowStart start, const ColumnSteps *steps, int columns,
                      float *pixels)
{
#if defined(HAS_AVX2_CODE)
    /* Positions are monotonic along a row. */
    int last = columns - 1;
    if (uses_vectors() && is_inside(crop, start.x + steps->x[0], start.y + steps->y[0])
        && is_inside(crop, start.x + steps->x[last], start.y + steps->y[last])) {
        paste_inside_avx2(crop, start, steps, columns, pixels);
        return;
    }
#endif
    for (int i = 0; i < columns; i++)
        pixels[i] = sample(crop, start.x + steps->x[i], start.y + steps->y[i]);
}

/* Resample a mask, side x side, into the rows and columns of an image's mask that a region covers.

   matrix:    2 x 3, from pixels of the image to pixels of the crop
   in_image:  `width` columns of pixels; only these rows and columns are written */
void paste(const float *in_crop, int side, const float *matrix, float *in_image, int width,
           int first_row, int end_row, int first_column, int end_column)
{
    const Crop crop = {in_crop, side};
    const double scale = 1 << POSITION_BITS;
    const int64_t half_subpixel = 1 << (POSITION_TO_SUBPIXEL_BITS - 1);
    for (int first = first_column; first < end_column; first += TILE_PX) {
        ColumnSteps steps;
        int columns = end_column - first < TILE_PX ? end_column - first : TILE_PX;
        for (int i = 0; i < columns; i++) {
            steps.x[i] = whole((double)matrix[0] * (first + i) * scale);
            steps.y[i] = whole((double)matrix[3] * (first + i) * scale);
        }
        for (int y = first_row; y < end_row; y++) {
            RowStart start = {
                whole(((double)matrix[1] * y + matrix[2]) * scale) + half_subpixel,
                whole(((double)matrix[4] * y + matrix[5]) * scale) + half_subpixel};
            paste_row(&crop, start, &steps, columns, in_image + (ptrdiff_t)y * width + first);
        }
    }
}

/* Blend the previous mask into a new one, in place. Both have `width` columns in a row. */
void blend(float *mask, const float *previous, int width, int rows, int columns)
{
    for (int y = 0; y < rows; y++, mask += width, previous += width) {
#if defined(HAS_AVX2_CODE)
        if (uses_vectors()) {
            blend_row_avx2(mask, previous, columns);
            continue;
        }
#endif
        for (int x = 0; x < columns; x++)
            mask[x] = blended(mask[x], previous[x]);
    }
}
