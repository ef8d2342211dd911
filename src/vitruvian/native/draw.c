// Drawing: capsules with smooth edges, and the tint of masks. draw/capsules.py and draw/masks.py have
// the same in numpy, with the same bytes.

#include "vitruvian_native.h"

#include <math.h>
#include <string.h>

#define CHANNELS 4
// So many rows are drawn at a time, because their layer then stays in the processor's cache.
#define BAND_HEIGHT 16

// All points within the radius of a line. The colour is premultiplied: red, green and blue times the
// opacity, then the opacity.
typedef struct {
  double start_x, start_y, end_x, end_y, radius, color[CHANNELS];
} Capsule;

typedef struct {
  int first, last;
} Columns;

static double limited(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

static double least(double one, double other) { return one < other ? one : other; }

static double greatest(double one, double other) { return one < other ? other : one; }

// The columns in which a capsule can reach a row: those around the part of its line that is near.
static Columns columns_near(const Capsule *capsule, double y, double reach, int width) {
  double from = 0, to = 1;
  double along_x = capsule->end_x - capsule->start_x, along_y = capsule->end_y - capsule->start_y;
  if (along_y != 0) {
    double above = (y - reach - capsule->start_y) / along_y;
    double below = (y + reach - capsule->start_y) / along_y;
    from = limited(least(above, below), 0, 1);
    to = limited(greatest(above, below), 0, 1);
  }
  double one = capsule->start_x + from * along_x, other = capsule->start_x + to * along_x;
  double margin = reach + 1;  // one pixel for what is rounded here
  return (Columns){(int)limited(least(one, other) - margin, 0, width),
                   (int)limited(greatest(one, other) + margin, -1, width - 1)};
}

// Replaces the layer where the capsule covers it; pixels at the edge are covered in part.
static void draw_row(const Capsule *capsule, double y, Columns columns, float *layer) {
  double along_x = capsule->end_x - capsule->start_x, along_y = capsule->end_y - capsule->start_y;
  double length_2 = along_x * along_x + along_y * along_y;
  double scale = length_2 > 0 ? 1 / length_2 : 0;
  double outer = capsule->radius + 0.5, inner = capsule->radius - 0.5;
  double offset_y = y - capsule->start_y;
  float color[CHANNELS];
  for (int channel = 0; channel < CHANNELS; channel++) {
    color[channel] = (float)capsule->color[channel];
  }
  for (int x = columns.first; x <= columns.last; x++) {
    double offset_x = x - capsule->start_x;
    double part = limited((offset_x * along_x + offset_y * along_y) * scale, 0, 1);
    double away_x = offset_x - part * along_x, away_y = offset_y - part * along_y;
    double distance_2 = away_x * away_x + away_y * away_y;
    if (distance_2 >= outer * outer) continue;
    float *pixel = layer + CHANNELS * x;
    if (distance_2 <= inner * inner) {
      memcpy(pixel, color, sizeof color);
      continue;
    }
    float coverage = (float)(outer - sqrt(distance_2));
    for (int channel = 0; channel < CHANNELS; channel++) {
      pixel[channel] = pixel[channel] * (1 - coverage) + color[channel] * coverage;
    }
  }
}

// Blends the layer into the image, and clears it.
static void blend_row(float *layer, Columns columns, uint8_t *row) {
  for (int x = columns.first; x <= columns.last; x++) {
    float *pixel = layer + CHANNELS * x;
    float opacity = pixel[3];
    if (opacity == 0) continue;
    for (int channel = 0; channel < 3; channel++) {
      row[3 * x + channel] = (uint8_t)(row[3 * x + channel] * (1 - opacity) + pixel[channel] + 0.5f);
    }
    for (int channel = 0; channel < CHANNELS; channel++) pixel[channel] = 0;
  }
}

void vitruvian_draw_capsules(uint8_t *image, int height, int width, const double *capsules,
                             int count, float *layers) {
  for (int top = 0; top < height; top += BAND_HEIGHT) {
    int rows = height - top < BAND_HEIGHT ? height - top : BAND_HEIGHT;
    Columns drawn[BAND_HEIGHT];
    for (int row = 0; row < rows; row++) drawn[row] = (Columns){width, -1};
    for (int index = 0; index < count; index++) {
      const Capsule *capsule = (const Capsule *)capsules + index;
      double reach = capsule->radius + 0.5;
      double first_y = least(capsule->start_y, capsule->end_y) - reach;
      double last_y = greatest(capsule->start_y, capsule->end_y) + reach;
      if (last_y < top || first_y > top + rows - 1) continue;
      for (int row = 0; row < rows; row++) {
        double y = top + row;
        if (y < first_y || y > last_y) continue;
        Columns columns = columns_near(capsule, y, reach, width);
        draw_row(capsule, y, columns, layers + (size_t)row * width * CHANNELS);
        if (columns.first < drawn[row].first) drawn[row].first = columns.first;
        if (columns.last > drawn[row].last) drawn[row].last = columns.last;
      }
    }
    for (int row = 0; row < rows; row++) {
      size_t start = (size_t)(top + row) * width * 3;
      blend_row(layers + (size_t)row * width * CHANNELS, drawn[row], image + start);
    }
  }
}

void vitruvian_tint(uint8_t *image, const float *mask, size_t pixels, const uint8_t *color,
                    float strength) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    float opacity = mask[pixel] * strength;
    if (!(opacity > 0)) continue;  // nothing, or not a number
    if (opacity > 1) opacity = 1;
    for (int channel = 0; channel < 3; channel++) {
      uint8_t *value = image + 3 * pixel + channel;
      *value = (uint8_t)(*value * (1 - opacity) + color[channel] * opacity + 0.5f);
    }
  }
}
