/* Sampling of a crop's pixels with NEON. The numbers are those of the plain version in crop.c. */

#include "crop.h"
#include "native.h"

#ifdef HAS_NEON_CODE

#include <arm_neon.h>

/* Two neighbours are six bytes of a row, of which eight are read: one pixel more. */
enum { MARGIN_PX = 1 };

/* Return channels of a row between a pixel and its right neighbour, times 32. */
static inline uint16x4_t between(const uint8_t *row, uint8_t right)
{
    uint8x8_t pixels = vld1_u8(row);
    uint16x8_t left_part = vmull_u8(pixels, vdup_n_u8((uint8_t)(SUBPIXELS - right)));
    return vget_low_u16(vmlal_u8(left_part, vext_u8(pixels, pixels, 3), vdup_n_u8(right)));
}

/* Return a pixel that is inside as four floats, of which the last means nothing. */
static inline float32x4_t sample_one(const Image *image, const Scale *scale, int32_t x, int32_t y)
{
    const uint8_t *upper = pixel_at(image, whole(y), whole(x));
    const uint8_t right = (uint8_t)fraction(x), down = (uint8_t)fraction(y);
    __builtin_prefetch((const void *)((uintptr_t)upper + (uintptr_t)image->ahead));
    uint32x4_t total = vmull_n_u16(between(upper, right), (uint16_t)(SUBPIXELS - down));
    total = vmlal_n_u16(total, between(upper + image->row_bytes, right), down);
    float32x4_t bytes = vcvtq_f32_u32(vrshrq_n_u32(total, 2 * SUBPIXEL_BITS));
    float32x4_t factor = vdupq_n_f32(scale->factor), offset = vdupq_n_f32(scale->offset);
    if (scale->rounds_once)
        return vfmaq_f32(offset, bytes, factor);
    return vaddq_f32(vmulq_f32(bytes, factor), offset);
}

void sample_neon(const Image *image, const Scale *scale, const Positions *positions, int columns,
                 float *crop)
{
    for (int i = 0; i < columns; i++, crop += 3) {
        int32_t x = positions->x[i], y = positions->y[i];
        if (i + 1 < columns && is_inside(image, x, y, MARGIN_PX))
            vst1q_f32(crop, sample_one(image, scale, x, y));
        else
            sample_anywhere(image, scale, x, y, crop);
    }
}

#endif
