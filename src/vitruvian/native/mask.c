/* Computes the mask of the image from that of a crop and that of the previous frame: stages/mask.py
   and stages/mask_smoothing.py, bit for bit. */

#include "mask.h"

#include "exponential.h"
#include "helper.h"
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

/* Whether all positions between two others have all four neighbours in the crop, along one axis. */
static int all_inside(const Crop *crop, int64_t one, int64_t other)
{
    int64_t end = (int64_t)(crop->side - 1) * POSITIONS;
    return one >= 0 && one < end && other >= 0 && other < end;
}

/* Whether they have no neighbour in the crop. */
static int all_outside(const Crop *crop, int64_t one, int64_t other)
{
    int64_t begin = -POSITIONS, end = (int64_t)crop->side * POSITIONS;
    return (one < begin && other < begin) || (one >= end && other >= end);
}

/* Resample some columns of a row. Positions are monotonic along a row, so that its ends are enough to
   know whether all are inside of the crop. */
static void paste_columns(const Crop *crop, Position row, const Steps *steps, int begin, int end,
                          float *pixels)
{
    int64_t x = row.x + steps->x[begin], last_x = row.x + steps->x[end - 1];
    int64_t y = row.y + steps->y[begin], last_y = row.y + steps->y[end - 1];
    if (all_outside(crop, x, last_x) || all_outside(crop, y, last_y)) {
        memset(pixels + begin, 0, (size_t)(end - begin) * sizeof *pixels);
        return;
    }
    int is_inside = all_inside(crop, x, last_x) && all_inside(crop, y, last_y);
    if (!is_inside && end - begin > GROUP_PX) {
        for (int i = begin; i < end; i += GROUP_PX)
            paste_columns(crop, row, steps, i, i + GROUP_PX < end ? i + GROUP_PX : end, pixels);
        return;
    }
#if defined(HAS_AVX2_CODE)
    if (is_inside && uses_vectors()) {
        paste_inside_avx2(crop, row, steps, begin, end, pixels);
        return;
    }
#endif
    for (int i = begin; i < end; i++)
        pixels[i] = sample(crop, row.x + steps->x[i], row.y + steps->y[i]);
}

static Steps steps_of(const float *matrix, int first, int columns)
{
    Steps steps;
    for (int i = 0; i < columns; i++) {
        steps.x[i] = whole((double)matrix[0] * (first + i) * POSITIONS);
        steps.y[i] = whole((double)matrix[3] * (first + i) * POSITIONS);
        steps.x_from_first[i] = (int32_t)(steps.x[i] - steps.x[0]);
        steps.y_from_first[i] = (int32_t)(steps.y[i] - steps.y[0]);
    }
    return steps;
}

static Position row_of(const float *matrix, int y)
{
    const int64_t half_subpixel = POSITIONS / MASK_SUBPIXELS / 2;
    Position row = {whole(((double)matrix[1] * y + matrix[2]) * POSITIONS) + half_subpixel,
                    whole(((double)matrix[4] * y + matrix[5]) * POSITIONS) + half_subpixel};
    return row;
}

/* Rows are shared in bands, so that the steps of a tile serve more of them. */
enum { BAND_PX = 4 };

typedef struct {
    Crop crop;
    const float *matrix;
    float *in_image;
    int width, first_row, end_row, first_column, end_column;
} Paste;

static int least(int one, int other)
{
    return one < other ? one : other;
}

static void paste_bands(const void *job, int first, int end)
{
    const Paste *paste = job;
    int first_row = paste->first_row + first * BAND_PX;
    int end_row = least(paste->first_row + end * BAND_PX, paste->end_row);
    for (int x = paste->first_column; x < paste->end_column; x += TILE_PX) {
        int columns = least(paste->end_column - x, TILE_PX);
        const Steps steps = steps_of(paste->matrix, x, columns);
        for (int y = first_row; y < end_row; y++)
            paste_columns(&paste->crop, row_of(paste->matrix, y), &steps, 0, columns,
                          paste->in_image + (ptrdiff_t)y * paste->width + x);
    }
}

/* Resample a mask, side x side, into the rows and columns of an image's mask that a region covers.

   matrix:    2 x 3, from pixels of the image to pixels of the crop
   in_image:  `width` columns of pixels; only these rows and columns are written */
void paste(const float *in_crop, int side, const float *matrix, float *in_image, int width,
           int first_row, int end_row, int first_column, int end_column)
{
    const Paste paste = {{in_crop, side}, matrix, in_image, width, first_row, end_row,
                         first_column, end_column};
    share_rows(paste_bands, &paste, (end_row - first_row + BAND_PX - 1) / BAND_PX);
}

typedef struct {
    float *mask;
    const float *previous;
    int width, columns;
} Blend;

static void blend_rows(const void *job, int first, int end)
{
    const Blend *blend = job;
    for (int y = first; y < end; y++) {
        float *mask = blend->mask + (ptrdiff_t)y * blend->width;
        const float *previous = blend->previous + (ptrdiff_t)y * blend->width;
#if defined(HAS_AVX2_CODE)
        if (uses_vectors()) {
            blend_row_avx2(mask, previous, blend->columns);
            continue;
        }
#endif
        for (int x = 0; x < blend->columns; x++)
            mask[x] = blended(mask[x], previous[x]);
    }
}

/* Blend the previous mask into a new one, in place. Both have `width` columns in a row. */
void blend(float *mask, const float *previous, int width, int rows, int columns)
{
    const Blend blend = {mask, previous, width, columns};
    share_rows(blend_rows, &blend, rows);
}
