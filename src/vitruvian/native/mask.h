/* The parts of a mask that its plain version and its version with vector instructions share. */

#ifndef VITRUVIAN_MASK_H
#define VITRUVIAN_MASK_H

#include <stddef.h>
#include <stdint.h>

/* OpenCV 4 computes positions in whole 1/1024 px, and interpolates at whole 1/32 px. */
enum {
    POSITION_BITS = 10,
    POSITIONS = 1 << POSITION_BITS,
    MASK_SUBPIXELS = 32,
    POSITION_TO_SUBPIXEL_BITS = 5
};

/* Columns whose positions are computed once for all rows, and columns of one row that are inside of
   the crop or not. */
enum { TILE_PX = 64, GROUP_PX = 8 };

/* See stages/mask_smoothing.py. */
#define MASK_RATIO 0.7f
enum { CERTAINTY_TERMS = 5 };
static const float CERTAINTY[CERTAINTY_TERMS]
    = {-624.717f, 291.309f, -57.8051f, -0.748699f, 5.68842f};

typedef struct {
    const float *values; /* side x side */
    int side;
} Crop;

/* A position in the crop, in whole 1/1024 px: the sum of what its row and its column add. */
typedef struct {
    int64_t x, y;
} Position;

/* What the columns of a tile add, and the same from the first column on in 32 bits, which are enough
   where the positions are inside of the crop. */
typedef struct {
    int64_t x[TILE_PX], y[TILE_PX];
    int32_t x_from_first[TILE_PX], y_from_first[TILE_PX];
} Steps;

/* Resample some columns of a row, with all neighbours inside of the crop. */
void paste_inside_avx2(const Crop *crop, Position row, const Steps *steps, int begin, int end,
                       float *pixels);

void activate_avx2(const float *logits, int count, float *mask);
void blend_row_avx2(float *mask, const float *previous, int columns);

/* Return what is interpolated between four neighbours, row by row. */
static inline float interpolate(float upper_left, float upper_right, float lower_left,
                                float lower_right, float right, float down)
{
    float left = 1 - right, up = 1 - down;
    return upper_left * (up * left) + upper_right * (up * right) + lower_left * (down * left)
           + lower_right * (down * right);
}

/* Return a pixel of the crop, or the zero around it. */
static inline float pixel_at(const Crop *crop, int64_t row, int64_t column)
{
    int is_inside = row >= 0 && row < crop->side && column >= 0 && column < crop->side;
    return is_inside ? crop->values[row * crop->side + column] : 0;
}

/* Resample one pixel anywhere, also outside of the crop. */
static inline float sample(const Crop *crop, int64_t x, int64_t y)
{
    int64_t column = x >> POSITION_BITS, row = y >> POSITION_BITS;
    int right = (int)(x >> POSITION_TO_SUBPIXEL_BITS) & (MASK_SUBPIXELS - 1);
    int down = (int)(y >> POSITION_TO_SUBPIXEL_BITS) & (MASK_SUBPIXELS - 1);
    return interpolate(pixel_at(crop, row, column), pixel_at(crop, row, column + 1),
                       pixel_at(crop, row + 1, column), pixel_at(crop, row + 1, column + 1),
                       (float)right / MASK_SUBPIXELS, (float)down / MASK_SUBPIXELS);
}

/* Return a pixel of the new mask, blended with the previous one where it is uncertain. */
static inline float blended(float mask, float previous)
{
    float offset = mask - 0.5f, x = offset * offset, certainty = CERTAINTY[0] * x;
    for (int i = 1; i < CERTAINTY_TERMS; i++)
        certainty = (certainty + CERTAINTY[i]) * x;
    float weight = (1 - (certainty < 1 ? certainty : 1)) * MASK_RATIO;
    return mask + weight * (previous - mask);
}

#endif
