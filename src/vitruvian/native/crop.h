/* The parts of a crop that its plain version and its versions with vector instructions share. */

#ifndef VITRUVIAN_CROP_H
#define VITRUVIAN_CROP_H

#include <stddef.h>
#include <stdint.h>

/* OpenCV 4 computes the positions of a row in blocks of 64 columns, in double precision, and rounds
   them to 1/32 px. */
enum { BLOCK_PX = 64, SUBPIXEL_BITS = 5, SUBPIXELS = 1 << SUBPIXEL_BITS };

typedef struct {
    const uint8_t *pixels; /* RGB */
    ptrdiff_t row_bytes;   /* from a row to the next */
    int height, width;     /* at most 32766, so that OpenCV's 16-bit numbers do not matter */
    int replicates;        /* outside of the image are its outermost pixels; otherwise zeros */
    ptrdiff_t ahead;       /* bytes from a pixel to the one that is needed a few rows later */
} Image;

/* A number of the network's input is byte * factor + offset. */
typedef struct {
    float factor, offset;
    int rounds_once;   /* the product is not rounded before the sum */
    float values[256]; /* by byte */
} Scale;

/* Where the columns of a block begin: numerators of x and y, and their denominator w. */
typedef struct {
    double x, y, w;
} Start;

/* Positions of a block's pixels in the image, in 1/32 px. */
typedef struct {
    int32_t x[BLOCK_PX], y[BLOCK_PX];
} Positions;

/* Sample one pixel anywhere, also outside of the image. */
void sample_anywhere(const Image *image, const Scale *scale, int32_t x, int32_t y, float *pixel);

/* Compute the positions of a block's `columns`, and those of the columns up to the next eighth. */
void locate(const double *matrix, Start start, int columns, Positions *positions);

/* Sample a block. Not one byte outside of the image is read, and not one float after the block is
   written. */
void sample_avx2(const Image *image, const Scale *scale, const Positions *positions, int columns,
                 float *crop);
void sample_neon(const Image *image, const Scale *scale, const Positions *positions, int columns,
                 float *crop);

static inline int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static inline int whole(int32_t position)
{
    return position >> SUBPIXEL_BITS;
}

static inline int fraction(int32_t position)
{
    return position & (SUBPIXELS - 1);
}

static inline const uint8_t *pixel_at(const Image *image, int row, int column)
{
    return image->pixels + row * image->row_bytes + 3 * (ptrdiff_t)column;
}

/* Whether the pixel at a position and its three neighbours are inside of the image, with `margin`
   more pixels to the right. */
static inline int is_inside(const Image *image, int32_t x, int32_t y, int margin)
{
    return x >= 0 && y >= 0 && whole(x) < image->width - 1 - margin
           && whole(y) < image->height - 1;
}

#endif
