/* Cuts a square crop out of an image and scales it for a network: stages/crop.py, bit for bit. */

#include "crop.h"
#include "helper.h"
#include "native.h"

#include <math.h>

static void interpolate(const uint8_t *const neighbours[4], int32_t x, int32_t y,
                        const Scale *scale, float *pixel)
{
    const int right = fraction(x), down = fraction(y);
    for (int channel = 0; channel < 3; channel++) {
        int upper = neighbours[0][channel] * (SUBPIXELS - right) + neighbours[1][channel] * right;
        int lower = neighbours[2][channel] * (SUBPIXELS - right) + neighbours[3][channel] * right;
        int total = upper * (SUBPIXELS - down) + lower * down;
        pixel[channel] = scale->values[(total + SUBPIXELS * SUBPIXELS / 2) >> (2 * SUBPIXEL_BITS)];
    }
}

/* Return the pixel at a row and column, or what takes its place outside of the image. */
static const uint8_t *pixel_anywhere(const Image *image, int row, int column)
{
    static const uint8_t black[3];
    int inner_row = clamp(row, 0, image->height - 1);
    int inner_column = clamp(column, 0, image->width - 1);
    if (!image->replicates && (row != inner_row || column != inner_column))
        return black;
    return pixel_at(image, inner_row, inner_column);
}

void sample_anywhere(const Image *image, const Scale *scale, int32_t x, int32_t y, float *pixel)
{
    const int row = whole(y), column = whole(x);
    const uint8_t *const neighbours[4] = {
        pixel_anywhere(image, row, column), pixel_anywhere(image, row, column + 1),
        pixel_anywhere(image, row + 1, column), pixel_anywhere(image, row + 1, column + 1)};
    interpolate(neighbours, x, y, scale, pixel);
}

static void sample_plain(const Image *image, const Scale *scale, const Positions *positions,
                         int columns, float *crop)
{
    for (int i = 0; i < columns; i++, crop += 3) {
        int32_t x = positions->x[i], y = positions->y[i];
        if (!is_inside(image, x, y, 0)) {
            sample_anywhere(image, scale, x, y, crop);
            continue;
        }
        const uint8_t *upper = pixel_at(image, whole(y), whole(x));
        const uint8_t *lower = upper + image->row_bytes;
        const uint8_t *const neighbours[4] = {upper, upper + 3, lower, lower + 3};
        interpolate(neighbours, x, y, scale, crop);
    }
}

static void compute_values(Scale *scale)
{
    for (int byte = 0; byte < 256; byte++) {
        double product = byte * (double)scale->factor; /* exact */
        if (!scale->rounds_once)
            product = (float)product;
        scale->values[byte] = (float)(product + (double)scale->offset);
    }
}

static void cut_block(const Image *image, const Scale *scale, const double *matrix, Start start,
                      int columns, float *crop)
{
    Positions positions;
    locate(matrix, start, columns, &positions);
#if defined(HAS_AVX2_CODE)
    if (uses_vectors()) {
        sample_avx2(image, scale, &positions, columns, crop);
        return;
    }
#elif defined(HAS_NEON_CODE)
    if (uses_vectors()) {
        sample_neon(image, scale, &positions, columns, crop);
        return;
    }
#endif
    sample_plain(image, scale, &positions, columns, crop);
}

/* Return how many bytes of the image lie between a pixel of the crop and the one a few rows below.
   Asking for it early hides the time that memory takes: 0.3 instead of 1.1 ms for a whole crop. */
static ptrdiff_t bytes_ahead(const double *matrix, ptrdiff_t row_bytes)
{
    enum { ROWS = 4, MOST_PX = 1 << 15 };
    double x = ROWS * matrix[1], y = ROWS * matrix[4];
    if (!(fabs(x) < MOST_PX && fabs(y) < MOST_PX))
        return 0;
    return (ptrdiff_t)y * row_bytes + 3 * (ptrdiff_t)x;
}

typedef struct {
    Image image;
    Scale scale;
    const double *matrix;
    float *crop;
    int size;
} Cut;

static void cut_rows(const void *job, int first, int end)
{
    const Cut *cut = job;
    const double *matrix = cut->matrix;
    for (int y = first; y < end; y++) {
        for (int x = 0; x < cut->size; x += BLOCK_PX) {
            Start start = {matrix[0] * x + matrix[1] * y + matrix[2],
                           matrix[3] * x + matrix[4] * y + matrix[5],
                           matrix[6] * x + matrix[7] * y + matrix[8]};
            int columns = cut->size - x < BLOCK_PX ? cut->size - x : BLOCK_PX;
            float *block = cut->crop + 3 * ((ptrdiff_t)y * cut->size + x);
            cut_block(&cut->image, &cut->scale, matrix, start, columns, block);
        }
    }
}

/* Cut a crop.

   pixels:     height x width RGB pixels, with row_bytes from a row to the next
   replicates: outside of the image are its outermost pixels; otherwise zeros
   matrix:     3 x 3, from pixels of the crop to pixels of the image
   crop:       size x size x 3, receives byte * factor + offset; if rounds_once, the product is not
               rounded before the sum */
void cut(const uint8_t *pixels, ptrdiff_t row_bytes, int height, int width, int replicates,
         const double *matrix, float factor, float offset, int rounds_once, float *crop, int size)
{
    Cut cut = {{pixels, row_bytes, height, width, replicates, bytes_ahead(matrix, row_bytes)},
               {factor, offset, rounds_once, {0}}, matrix, crop, size};
    compute_values(&cut.scale);
    share_rows(cut_rows, &cut, size);
}
