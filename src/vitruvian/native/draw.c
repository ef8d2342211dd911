/* Draws capsules with smooth edges, and tints an image by a mask: draw/capsules.py and draw/masks.py,
   with the same bytes. */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CHANNELS 4
/* So many rows are drawn at a time, because their layer then stays in the processor's cache. */
#define BAND_HEIGHT 16

/* All points within a radius of a line, with a color that is premultiplied: red, green and blue times
   the opacity, then the opacity. */
typedef struct {
    double start_x, start_y, end_x, end_y, radius, color[CHANNELS];
} Capsule;

typedef struct {
    int first, last;
} Columns;

static double limited(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static double least(double one, double other)
{
    return one < other ? one : other;
}

static double greatest(double one, double other)
{
    return one < other ? other : one;
}

/* The columns in which a capsule can reach a row: those around the part of its line that is near. */
static Columns columns_near(const Capsule *capsule, double y, double reach, int width)
{
    double along_x = capsule->end_x - capsule->start_x;
    double along_y = capsule->end_y - capsule->start_y;
    double from = 0, to = 1;
    if (along_y != 0) {
        double above = (y - reach - capsule->start_y) / along_y;
        double below = (y + reach - capsule->start_y) / along_y;
        from = limited(least(above, below), 0, 1);
        to = limited(greatest(above, below), 0, 1);
    }
    double one = capsule->start_x + from * along_x, other = capsule->start_x + to * along_x;
    double margin = reach + 1; /* one pixel for what is rounded here */
    return (Columns){(int)limited(least(one, other) - margin, 0, width),
                     (int)limited(greatest(one, other) + margin, -1, width - 1)};
}

/* Replace a row of the layer where the capsule covers it, in part at the capsule's edge. */
static void draw_row(const Capsule *capsule, double y, Columns columns, float *layer)
{
    double along_x = capsule->end_x - capsule->start_x;
    double along_y = capsule->end_y - capsule->start_y;
    double length_2 = along_x * along_x + along_y * along_y;
    double scale = length_2 > 0 ? 1 / length_2 : 0;
    double outer = capsule->radius + 0.5, inner = capsule->radius - 0.5;
    double offset_y = y - capsule->start_y;
    float color[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++)
        color[channel] = (float)capsule->color[channel];
    for (int x = columns.first; x <= columns.last; x++) {
        double offset_x = x - capsule->start_x;
        double part = limited((offset_x * along_x + offset_y * along_y) * scale, 0, 1);
        double away_x = offset_x - part * along_x, away_y = offset_y - part * along_y;
        double distance_2 = away_x * away_x + away_y * away_y;
        float *pixel = layer + CHANNELS * (ptrdiff_t)x;
        if (distance_2 <= inner * inner) {
            memcpy(pixel, color, sizeof color);
        } else if (distance_2 < outer * outer) {
            float coverage = (float)(outer - sqrt(distance_2));
            for (int channel = 0; channel < CHANNELS; channel++)
                pixel[channel] = pixel[channel] * (1 - coverage) + color[channel] * coverage;
        }
    }
}

/* Blend a row of the layer into the image, and clear it. */
static void blend_row(float *layer, Columns columns, uint8_t *row)
{
    for (ptrdiff_t x = columns.first; x <= columns.last; x++) {
        float *pixel = layer + CHANNELS * x;
        float opacity = pixel[3];
        if (opacity == 0)
            continue;
        for (int channel = 0; channel < 3; channel++) {
            uint8_t *value = row + 3 * x + channel;
            *value = (uint8_t)(*value * (1 - opacity) + pixel[channel] + 0.5f);
        }
        memset(pixel, 0, CHANNELS * sizeof *pixel);
    }
}

/* Draw on a few rows of an image: first all capsules on the layer, then the layer on the image. */
static void draw_band(uint8_t *band, int top, int rows, int width, const Capsule *capsules, int count,
                      float *layer)
{
    ptrdiff_t layer_row = CHANNELS * (ptrdiff_t)width, image_row = 3 * (ptrdiff_t)width;
    Columns drawn[BAND_HEIGHT];
    for (int row = 0; row < rows; row++)
        drawn[row] = (Columns){width, -1};
    for (const Capsule *capsule = capsules; capsule < capsules + count; capsule++) {
        double reach = capsule->radius + 0.5;
        double first = least(capsule->start_y, capsule->end_y) - reach;
        double last = greatest(capsule->start_y, capsule->end_y) + reach;
        for (int row = (int)limited(first - top, 0, rows); row < rows && top + row <= last; row++) {
            Columns columns = columns_near(capsule, top + row, reach, width);
            draw_row(capsule, top + row, columns, layer + row * layer_row);
            drawn[row].first = columns.first < drawn[row].first ? columns.first : drawn[row].first;
            drawn[row].last = columns.last > drawn[row].last ? columns.last : drawn[row].last;
        }
    }
    for (int row = 0; row < rows; row++)
        blend_row(layer + row * layer_row, drawn[row], band + row * image_row);
}

/* Draw capsules on an RGB image. `layer` has CHANNELS zeros for each pixel of BAND_HEIGHT rows. */
void draw_capsules(uint8_t *image, int height, int width, const double *capsules, int count,
                   float *layer)
{
    for (int top = 0; top < height; top += BAND_HEIGHT) {
        int rows = height - top < BAND_HEIGHT ? height - top : BAND_HEIGHT;
        draw_band(image + 3 * (ptrdiff_t)width * top, top, rows, width, (const Capsule *)capsules,
                  count, layer);
    }
}

/* Tint pixels of an RGB image, each by its value in the mask. */
void tint(uint8_t *image, const float *mask, ptrdiff_t pixels, float strength, int red, int green,
          int blue)
{
    const float color[3] = {(float)red, (float)green, (float)blue};
    for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
        float opacity = mask[pixel] * strength;
        if (!(opacity > 0)) /* nothing, or not a number */
            continue;
        opacity = opacity > 1 ? 1 : opacity;
        for (int channel = 0; channel < 3; channel++) {
            uint8_t *value = image + 3 * pixel + channel;
            *value = (uint8_t)(*value * (1 - opacity) + color[channel] * opacity + 0.5f);
        }
    }
}
